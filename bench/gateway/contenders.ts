import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { apiKey, messages } from "../scenarios.ts";

/** How to start a gateway and send it requests. */
export type Contender = {
  /** Arguments for Node. Without them, requests go directly to the upstream. */
  readonly command?: (port: number, upstream: string) => readonly string[];
  readonly path: string;
  readonly headers?: (upstream: string) => Record<string, string>;
  readonly model: string;
};

const bench = join(import.meta.dirname, "../..");
const build = (name: string): string => join(bench, "build/gateway", `${name}.js`);

/** `direct` and `bare` come first, because the others are compared with them. */
export const contenders: Record<string, Contender> = {
  direct: { path: "/chat/completions", model: "bench-model" },
  bare: { command: (port, upstream) => [build("bare-proxy"), String(port), upstream], path: "/", model: "bench-model" },
  ours: { command: ourCommand(), path: "/v1/chat/completions", model: "bench" },
  // The same without the inspector's records.
  uninspected: { command: ourCommand("--no-inspector"), path: "/v1/chat/completions", model: "bench" },
  llms: {
    command: (port, upstream) => [build("start-llms"), String(port), upstream],
    path: "/v1/chat/completions",
    model: "bench,bench-model",
  },
  portkey: {
    command: (port) => {
      const peers = createRequire(join(bench, "gateway/peers/"));
      const manifest = peers.resolve("@portkey-ai/gateway/package.json");
      return [join(manifest, "../build/start-server.js"), "--headless", `--port=${port}`];
    },
    path: "/v1/chat/completions",
    headers: (upstream) => ({ "x-portkey-provider": "openai", "x-portkey-custom-host": upstream }),
    model: "bench-model",
  },
};

function ourCommand(...options: readonly string[]): NonNullable<Contender["command"]> {
  return (port, upstream) => {
    const config = join(bench, "gateway/ours/gateway.yaml");
    const target = `{ to: "deepseek:bench-model", key: "${apiKey}", baseURL: "${upstream}" }`;
    writeFileSync(config, `version: 1\nmodels:\n  bench: { targets: [${target}] }\n`);
    const bin = join(bench, "gateway/ours/node_modules/llm-provider/dist/bin.js");
    return [bin, "gateway", "--config", config, "--port", String(port), ...options];
  };
}

/** The body of a client's request. */
export function requestTo({ path, headers, model }: Contender, upstream: string, isStream: boolean) {
  return {
    path,
    headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}`, ...headers?.(upstream) },
    body: JSON.stringify({ model, messages, ...(isStream && { stream: true }) }),
  };
}
