import type { CallOptions, ChatRequest, EmbedRequest, Provider } from "@llm-provider/core";
import { Ring } from "../recording/ring.ts";
import { InspectedCall } from "./inspected-call.ts";
import type { InspectorSource } from "./inspector-source.ts";
import { keepAll } from "./keep-file.ts";
import { serveInspector, type InspectorServer, type InspectorServerOptions } from "./serve-inspector.ts";
import { toInspected, type InspectContext } from "./to-inspected.ts";
import { toRow } from "./to-row.ts";

/** Options of `withInspector`. */
export interface InspectorOptions extends InspectorServerOptions {
  /**
   * Explains an error.
   * @default the error's own words and hint
   */
  readonly explain?: NonNullable<InspectContext["explain"]>;
  /**
   * A file to which every finished call is appended, including bodies.
   * @default none
   */
  readonly keep?: string;
}

/** A provider whose calls appear on a page. */
export type Inspected<Own extends Provider> = Own & {
  /** The page. `link` opens it once, and `close` stops it. The provider continues to work without it. */
  readonly inspector: InspectorServer;
};

/**
 * Shows the calls of a provider on a local page, like the gateway's inspector: the requests and their changes, every attempt,
 * and the answer over time. The calls themselves do not change. The promise resolves as soon as the page listens.
 * @throws Error if the port is in use, or if the file for `keep` has other content.
 */
export async function withInspector<Own extends Provider>(
  provider: Own,
  { keep, explain, ...served }: InspectorOptions = {},
): Promise<Inspected<Own>> {
  const ring = new Ring(() => (served.token === undefined ? [] : [served.token]));
  const context: InspectContext = { targets: [], ...(explain && { explain }) };
  const warn = (sentence: string): void => process.emitWarning(sentence);
  const closeFile = keep === undefined ? undefined : keepAll(ring, keep, context, warn);
  const server = await serveInspector(sourceOf(ring, context, provider), served);
  const watched: Provider = {
    ...provider,
    async chat(request, options) {
      const call = begin(request, options, "/chat/completions", false);
      return call.watch(provider.chat(request, call.options));
    },
    stream(request, options) {
      const call = begin(request, options, "/chat/completions", true);
      return call.watchStream(provider.stream(request, call.options));
    },
    async embed(request, options) {
      const call = begin(request, options, "/embeddings", false);
      const embedded = provider.embed(request, call.options);
      void call.watch(embedded.then(({ changes }) => ({ changes })));
      return embedded;
    },
  };
  return Object.assign(watched as Own, {
    inspector: {
      url: server.url,
      get link() {
        return server.link;
      },
      async close(how?: { readonly grace?: number }) {
        await server.close(how);
        await closeFile?.();
        ring.close();
      },
    },
  });

  function begin(
    request: ChatRequest | EmbedRequest,
    call: CallOptions | undefined,
    path: "/chat/completions" | "/embeddings",
    isStream: boolean,
  ): InspectedCall {
    return new InspectedCall(ring, provider, { request, call, path, isStream });
  }
}

function sourceOf(ring: Ring, context: InspectContext, provider: Provider): InspectorSource {
  return {
    rows: () => ring.ids.flatMap((id) => ring.record(id) ?? []).map(toRow),
    row(id) {
      const record = ring.record(id);
      return record && toRow(record);
    },
    async find(id) {
      const sealed = ring.find(id);
      return sealed && toInspected(sealed, context);
    },
    health: async () => ({ targets: [], clients: [] }),
    listen: (listener) => ring.listen(listener),
    replay: async (id) => replay(ring, provider, id),
  };
}

/** Repeats a call. Its answer is visible only on the page. */
async function replay(ring: Ring, provider: Provider, id: string): Promise<string> {
  const { sent, record } = ring.find(id) ?? {};
  if (!sent || !record || sent.isCut) throw new Error("Only a completely kept call can be repeated.");
  const { stream: _, ...request } = JSON.parse(sent.text) as ChatRequest;
  const { path, isStream } = record;
  const asked = { request, call: undefined, path: path as "/chat/completions", isStream, replayOf: id };
  const call = new InspectedCall(ring, provider, asked);
  if (record.path === "/embeddings") {
    const embedded = provider.embed(request as unknown as EmbedRequest, call.options);
    call.watch(embedded.then(({ changes }) => ({ changes }))).catch(() => {});
  } else if (isStream) call.watchStream(provider.stream(request as ChatRequest, call.options)).result.catch(() => {});
  else call.watch(provider.chat(request as ChatRequest, call.options)).catch(() => {});
  return call.id;
}
