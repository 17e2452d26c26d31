import { spawn, type ChildProcess } from "node:child_process";
import { errorSentence } from "@llm-provider/core/internal";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { vi } from "vitest";
import { textOf } from "./expect-served.ts";

type Variables = Record<string, string>;

/** Runs a command that ends by itself in this process, since starting another process takes a second. */
export async function runInProcess(
  runCommand: (argv: readonly string[]) => Promise<void>,
  args: readonly string[],
  variables: Variables,
): Promise<{ out: string; error: string }> {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    await runCommand(args);
    return { out: log.mock.calls.join("\n"), error: "" };
  } catch (error) {
    return { out: log.mock.calls.join("\n"), error: errorSentence(error) };
  } finally {
    log.mockRestore();
    vi.unstubAllEnvs();
  }
}

/** A server in a process of its own that has printed its address. */
export interface ServedCommand {
  readonly url: string;
  readonly err: () => string;
  readonly child: ChildProcess;
  /** Sends a signal, and returns the exit code. */
  stop(signal: NodeJS.Signals): Promise<unknown>;
}

export function serveCommand(args: readonly string[], env: Variables): Promise<ServedCommand> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], { env, stdio: ["ignore", "ignore", "pipe"] });
    let err = "";
    const stop = (signal: NodeJS.Signals): Promise<unknown> => {
      const code = new Promise((ended) => child.once("exit", ended));
      child.kill(signal);
      return code;
    };
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
      const url = /http:\/\/[^\s,]+/.exec(err)?.[0];
      if (url) resolve({ url, err: () => err, child, stop });
    });
    child.on("close", () => reject(new Error(err)));
  });
}

/** Connects the official client over stdio. `err` returns what the program wrote to its error output. */
export async function connectStdio(
  args: readonly string[],
  env: Variables,
): Promise<{ client: Client; err: () => string }> {
  const transport = new StdioClientTransport({ command: process.execPath, args: [...args], env, stderr: "pipe" });
  let err = "";
  transport.stderr?.on("data", (text: Buffer) => (err += text.toString()));
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  return { client, err: () => err };
}

/** Connects the official client over HTTP, with a token. */
export async function connectHttp(url: string, token: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  return client;
}

/** Calls a tool, and returns the result as a client sees it. */
export async function callTool(
  client: Client,
  name: string,
  input: Record<string, unknown>,
): Promise<{ isError: unknown; text: string }> {
  const result = await client.callTool({ name, arguments: input });
  return { isError: result.isError, text: textOf(result) };
}

/** Calls a tool, and cancels the call while it is running. */
export async function cancelCall(client: Client, name: string, input: Record<string, unknown>): Promise<unknown> {
  const controller = new AbortController();
  const waiting = client.callTool({ name, arguments: input }, undefined, { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  return waiting;
}
