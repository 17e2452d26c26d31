import { existsSync, readdirSync, readFileSync } from "node:fs";

/** One recorded exchange of a real provider, and the result that an adapter must give. */
export type TrafficCase = {
  readonly id: string;
  readonly provider: string;
  readonly kind: "chat" | "chat-stream" | "error" | "models" | "tool";
  readonly request: {
    readonly method?: string;
    readonly url: string;
    readonly body: Record<string, unknown> | null;
  } | null;
  readonly response: {
    readonly status: number;
    readonly headers?: Record<string, string>;
    readonly body?: unknown;
    readonly raw?: string;
    readonly sse?: string;
    readonly format?: string;
  };
  readonly expect: {
    readonly text: string | null;
    readonly reasoning: string | null;
    readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly argumentsRaw: string }[];
    readonly finishReason: string | null;
    readonly usage: Readonly<
      Record<"promptTokens" | "completionTokens" | "totalTokens" | "reasoningTokens" | "cachedTokens", number | null>
    > | null;
    readonly errorStatus: number | null;
    readonly errorMessage: string | null;
    readonly model: string | null;
    readonly modelIds?: readonly string[];
  };
};

/** The recordings are beside the repository on the build machine, and do not belong to it. */
const folder = new URL("../../../../../shared/traffic/cases/", import.meta.url);

/** All cases; empty if the folder is missing. */
export function trafficCases(): TrafficCase[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "index.json");
  return names.map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as TrafficCase);
}

/** The bytes that the provider sent. */
export function bytesOf({ response: { sse, raw, body } }: TrafficCase): Buffer {
  return Buffer.from(
    sse ?? raw ?? (typeof body === "string" ? body : body === undefined || body === null ? "" : JSON.stringify(body)),
  );
}
