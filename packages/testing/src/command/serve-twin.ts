import { once } from "node:events";
import type { Definition } from "@llm-provider/core";
import { firstKey, maskKeys } from "@llm-provider/core/internal";
import type { TwinOptions, TwinRequest } from "../twin/twin-options.ts";
import type { Io } from "./io.ts";
import { usageError } from "./program.ts";
import { toJson } from "./terminal.ts";

/** How to serve the twin, and how to print its address. */
export interface ServeTwinOptions extends Pick<TwinOptions, "port" | "strictModels"> {
  /**
   * The environment variable with the only key that passes.
   * @default LLM_TWIN_KEY if it is set, else any key passes
   */
  readonly key?: string;
  /**
   * Print `{ url, faces, models }` instead of the bare URL.
   * @default false
   */
  readonly json?: boolean;
}

/**
 * Serves a twin on loopback until the signal of `io` is aborted. Prints its URL to `out`, and a line for each request to `err`.
 * @throws A sentence with exit code 2, if the port is in use or the variable of `key` is empty.
 */
export async function serveTwin(definition: Definition, options: ServeTwinOptions, io: Io): Promise<void> {
  const { json = false, key, ...twinOptions } = options;
  const { startTwin } = await import("../twin/start-twin.ts");
  const variable = key ?? "LLM_TWIN_KEY";
  const apiKey = io.env[variable] || undefined;
  if (key !== undefined && apiKey === undefined)
    throw usageError(
      `The variable ${key} is not set. Set it to the key that may pass: \`${key}=… llm-provider twin …\`.`,
    );
  const twin = await startTwin(definition, {
    ...twinOptions,
    apiKey,
    onRequest: (request, milliseconds) => io.err(`${requestLine(request, milliseconds)}\n`),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw usageError(`Port ${options.port} is in use. Choose another, or leave \`--port\` out to get a free one.`);
  });
  const { url, faces } = twin;
  const models = Object.keys(definition.models);
  const listed = models.length > 5 ? `${models.slice(0, 5).join(", ")} …` : models.join(", ");
  io.out(`${json ? toJson({ url, ...(faces.length > 0 && { faces }), models }) : url}\n`);
  const others = faces.map((face) => `${face.name}: ${face.url}. `).join("");
  io.err(
    `A fake ${definition.name} listens at this address. ${others}${apiKey ? `Only the key in ${variable} passes` : "Any key passes"}. Models: ${listed}. Ctrl-C stops it.\n`,
  );
  if (!io.signal.aborted) await once(io.signal, "abort");
  await twin.close();
}

/** One request on the terminal. A query may contain a key, and so may a refusal that repeats the request. */
function requestLine({ method, path, status, refused }: TwinRequest, milliseconds: number): string {
  const line = `${method} ${path.split("?")[0]} ${status} ${Math.round(milliseconds)} ms`;
  if (refused === undefined) return line;
  const [words = ""] = maskKeys(refused).split("\n");
  return `${line}  ${words.length > 200 ? `${words.slice(0, 200)}…` : words}`;
}

/**
 * The value of `--key`: the name of a variable. A key itself would be visible in the list of processes.
 * @throws A sentence with exit code 2, if it does not look like one.
 */
export function readKeyName(text: string): string {
  if (!/^[A-Z_][A-Z0-9_]*$/.test(text) || firstKey(text))
    throw usageError("`--key` takes the name of an environment variable with the key, such as ACME_API_KEY.");
  return text;
}

/**
 * The value of `--port`.
 * @throws A sentence with exit code 2, if it is not a port.
 */
export function readPort(text: string): number {
  const port = Number(text);
  if (text.trim() === "" || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw usageError("`--port` takes a number from 0 to 65535.");
  return port;
}
