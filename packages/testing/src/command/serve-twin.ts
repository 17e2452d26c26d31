import { once } from "node:events";
import type { Definition } from "@llm-provider/core";
import type { TwinOptions } from "../twin/twin-options.ts";
import type { Io } from "./io.ts";
import { usageError } from "./program.ts";
import { toJson } from "./terminal.ts";

/** How the twin is served, and how its address is printed. */
export interface ServeTwinOptions extends Pick<TwinOptions, "port" | "strictModels"> {
  /**
   * Print `{ url, models }` instead of the bare URL.
   * @default false
   */
  readonly json?: boolean;
}

/**
 * Serves a twin on loopback until the signal of `io` is aborted. Prints its URL to `out`, and a line for each request to `err`.
 * The variable LLM_TWIN_KEY, where it is set, names the only key that passes.
 * @throws A sentence with exit code 2, where the port is in use.
 */
export async function serveTwin(definition: Definition, options: ServeTwinOptions, io: Io): Promise<void> {
  const { json = false, ...twinOptions } = options;
  const { startTwin } = await import("../twin/start-twin.ts");
  const apiKey = io.env["LLM_TWIN_KEY"] || undefined;
  const twin = await startTwin(definition, {
    ...twinOptions,
    apiKey,
    // A query may contain a key.
    onRequest: ({ method, path, status }) => io.err(`${method} ${path.split("?")[0]} ${status}\n`),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw usageError(`Port ${options.port} is in use. Choose another, or leave \`--port\` out to get a free one.`);
  });
  const models = Object.keys(definition.models);
  const listed = models.length > 5 ? `${models.slice(0, 5).join(", ")} …` : models.join(", ");
  io.out(`${json ? toJson({ url: twin.url, models }) : twin.url}\n`);
  io.err(
    `A fake ${definition.name} listens there. ${apiKey ? "Only the key in LLM_TWIN_KEY passes" : "Any key passes"}. Models: ${listed}. Ctrl-C stops it.\n`,
  );
  if (!io.signal.aborted) await once(io.signal, "abort");
  await twin.close();
}

/**
 * The value of `--port`.
 * @throws A sentence with exit code 2, where it is not a port.
 */
export function readPort(text: string): number {
  const port = Number(text);
  if (text.trim() === "" || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw usageError("`--port` takes a number from 0 to 65535.");
  return port;
}
