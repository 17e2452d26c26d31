import type { RunningServer } from "@llm-provider/server";
import type { RagEvent, RagSettings } from "../../src/server/rag-state.ts";
import { startRag } from "../../src/server/start-rag.ts";
import { openMemoryStore } from "../../src/store/memory-store.ts";
import { librechat, type UploadedFile } from "./librechat.ts";
import { secret } from "./sign-token.ts";
import { wordEmbedder } from "./word-embedder.ts";

/** A server over a store in memory, with the events that it reports. */
export interface TestServer extends RunningServer {
  readonly events: RagEvent[];
  readonly embedder: ReturnType<typeof wordEmbedder>;
  readonly as: (user: string) => ReturnType<typeof librechat>;
}

/** Starts a server on a free port. */
export async function startServer(settings: Partial<RagSettings> = {}): Promise<TestServer> {
  const events: RagEvent[] = [];
  const embedder = wordEmbedder();
  const server = await startRag({
    store: openMemoryStore(),
    embedder,
    secret,
    port: 0,
    onEvent: (event) => events.push(event),
    ...settings,
  });
  return { ...server, events, embedder, as: (user) => librechat(server.url, user) };
}

/** A text file. */
export function textFile(text: string, name = "notes.txt", type = "text/plain"): UploadedFile {
  return { name, type, bytes: Buffer.from(text) };
}
