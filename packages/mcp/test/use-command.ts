import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { afterAll, afterEach, expect } from "vitest";
import { connectHttp, connectStdio, runInProcess, serveCommand, type ServedCommand } from "./served-command.ts";

type Variables = Record<string, string>;

/** The command of a tool, as the tests of one file use it. */
export interface UsedCommand {
  /** What Node runs. */
  readonly program: readonly string[];
  /** The secret of its servers. */
  readonly token: string;
  run(args: readonly string[], variables?: Variables): Promise<{ out: string; error: string }>;
  /** Starts it as a program of its own, which ends with the test. */
  serve(args: readonly string[], variables?: Variables): Promise<ServedCommand>;
  /** It is an MCP server over stdio that does what `expectTool` expects, and writes nothing else. */
  expectStdio(name: string, expectTool: (client: Client) => Promise<void>): Promise<void>;
  /** It is one over HTTP too, for clients with the token of a file. */
  expectHttp(expectTool: (client: Client) => Promise<void>): Promise<void>;
}

/** To be called once in a file of tests: what it starts and writes goes when they end. */
export function useCommand(
  file: URL,
  runCommand: (argv: readonly string[]) => Promise<void>,
  environment: () => Variables,
): UsedCommand {
  const program = ["--conditions=source", fileURLToPath(file)];
  const token = "token-7d13f0a92c58be64";
  const folder = mkdtempSync(join(tmpdir(), "command-"));
  const tokenFile = join(folder, "token");
  writeFileSync(tokenFile, `${token}\n`);
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const serve: UsedCommand["serve"] = async (args, variables = environment()) => {
    const served = await serveCommand([...program, ...args], variables);
    children.push(served.child);
    return served;
  };
  return {
    program,
    token,
    run: (args, variables = environment()) => runInProcess(runCommand, args, variables),
    serve,
    expectStdio: async (name, expectTool) => {
      const { client, err } = await connectStdio(program, environment());
      expect(client.getServerVersion()?.name).toBe(name);
      await expectTool(client);
      await client.close();
      expect(err()).toBe("");
    },
    expectHttp: async (expectTool) => {
      const { url, err, stop } = await serve(["--http", "--port", "0", "--token-file", tokenFile]);
      await expect(connectHttp(url, "wrong")).rejects.toThrow();
      const client = await connectHttp(url, token);
      await expectTool(client);
      await client.close();
      expect(err()).toMatch(
        /^MCP server at http:\/\/127\.0\.0\.1:\d+\/mcp, for clients with the token\. Ctrl\+C ends it\.\n$/,
      );
      expect(await stop("SIGTERM")).toBe(0);
    },
  };
}
