import { chatCompletions, defineProvider, type Definition, type ProviderFactory } from "@llm-provider/core";
import { onTestFinished } from "vitest";
import { readConfig, startGateway, type GatewayOptions, type RunningGateway } from "../src/index.ts";

/** A key that must not appear in anything that a client or an operator sees. */
export const canary = "sk-canary-7f3a9b2c5d8e1f40";

/** A provider at this address. */
export function provider(id: string, baseURL: string, more: Partial<Definition> = {}): ProviderFactory {
  return defineProvider({
    id,
    name: id.toUpperCase(),
    docs: `https://${id}.example/docs`,
    baseURL,
    auth: { env: `${id.toUpperCase()}_API_KEY`, page: `https://${id}.example/keys` },
    sources: { docs: [`https://${id}.example/docs`, "2026-11-28"] },
    dialect: chatCompletions({ history: "optional" }),
    models: {
      "m-1": { context: 1000, maxOutput: 100, price: { input: 1, output: 2 }, source: "docs" },
      "m-2": { context: 2000, maxOutput: 200, price: { input: 3, output: 1 }, source: "docs" },
    },
    smallModel: "m-1",
    ...more,
  } as never) as unknown as ProviderFactory;
}

/** Starts a gateway over these providers. The configuration is YAML: `models`, and optional further keys. */
export async function gateway(
  providers: readonly ProviderFactory[],
  yaml: string,
  more: Partial<GatewayOptions> = {},
): Promise<
  RunningGateway & {
    warnings: string[];
    lines: string[];
    reconfigure(yaml: string): ReturnType<RunningGateway["change"]>;
  }
> {
  const byId = new Map(providers.map((one) => [one.definition.id, one]));
  const warnings: string[] = [];
  const lines: string[] = [];
  const read = async (text: string) => {
    const { config, problems } = await readConfig(`version: 1\n${text}`, { KEY: canary });
    if (!config) throw new Error(JSON.stringify(problems));
    return config;
  };
  const running = await startGateway({
    config: await read(yaml),
    port: 0,
    ...more,
    warn: (sentence) => warnings.push(sentence),
    writeLine: (line) => lines.push(line),
    load: async (name) => {
      const found = byId.get(name);
      if (!found) throw new Error(`There is no provider ${name}.`);
      return Object.assign((options?: object) => found({ apiKey: canary, ...options }), {
        definition: found.definition,
      });
    },
  });
  onTestFinished(() => running.close());
  return { ...running, warnings, lines, reconfigure: async (text) => running.change(await read(text)) };
}

export const hello = { model: "fast", messages: [{ role: "user", content: "Hello" }] };

/** Sends a request to a gateway. */
export function post(
  { url }: { url: string },
  body: object | string = hello,
  {
    path = "/v1/chat/completions",
    headers = {},
    signal,
  }: { path?: string; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Response> {
  return fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });
}

/** The chunks of a stream, and whether it ended with `[DONE]`. */
// oxlint-disable-next-line typescript/no-explicit-any -- wire chunks
export async function chunksOf(response: Response): Promise<{ chunks: any[]; isDone: boolean; text: string }> {
  const text = await response.text();
  const data = text.split("\n\n").flatMap((part) => (part.startsWith("data: ") ? [part.slice(6)] : []));
  const isDone = data.at(-1) === "[DONE]";
  return { chunks: data.filter((one) => one !== "[DONE]").map((one) => JSON.parse(one)), isDone, text };
}

/** The joined content of all chunks. */
// oxlint-disable-next-line typescript/no-explicit-any -- wire chunks
export const contentOf = (chunks: readonly any[]): string =>
  chunks.map((chunk) => chunk.choices?.[0]?.delta?.content ?? "").join("");
