import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { afterAll, afterEach, expect } from "vitest";
import { connectHttp, connectStdio, runInProcess, serveCommand, type ServedCommand } from "./served-command.ts";

type Variables = Record<string, string>;

/** The command of a tool, for the tests of one file. */
export interface UsedCommand {
  /** The arguments of Node. */
  readonly program: readonly string[];
  /** The token of its servers. */
  readonly token: string;
  run(args: readonly string[], variables?: Variables): Promise<{ out: string; error: string }>;
  /** Starts it in a process of its own, which ends with the test. */
  serve(args: readonly string[], variables?: Variables): Promise<ServedCommand>;
  /** Expects an MCP server over stdio that passes `expectTool` and writes nothing to its error output. */
  expectStdio(name: string, expectTool: (client: Client) => Promise<void>): Promise<void>;
  /** Expects an MCP server over HTTP, for clients with the token of a file. */
  expectHttp(expectTool: (client: Client) => Promise<void>): Promise<void>;
}

/** Call it once in a test file. It ends the processes and removes the files that it creates. */
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
