import type { CallOptions, ChatRequest, EmbedRequest, Provider } from "@llm-provider/core";
import { Ring } from "../recording/ring.ts";
import { InspectedCall } from "./inspected-call.ts";
import type { InspectorSource } from "./inspector-source.ts";
import { keepAll } from "./keep-file.ts";
import { serveInspector, type InspectorServer, type InspectorServerOptions } from "./serve-inspector.ts";
import { toInspected, type InspectContext } from "./to-inspected.ts";
import { toRow } from "./to-row.ts";

/** How a provider is inspected. */
export interface InspectorOptions extends InspectorServerOptions {
  /**
   * Says what an error means.
   * @default the error's own words and hint
   */
  readonly explain?: NonNullable<InspectContext["explain"]>;
  /**
   * A file to which every call is appended when it has ended, bodies included.
   * @default none
   */
  readonly keep?: string;
}

/** A provider whose calls a page shows. */
export type Inspected<Own extends Provider> = Own & {
  /** The page. `link` opens it once; `close` ends it; the provider continues to work without it. */
  readonly inspector: InspectorServer;
};

/**
 * Shows the calls of a provider on a page of this machine, as the gateway's inspector does: what was sent and why, every
 * attempt, the answer as it came. The calls themselves are as before. The promise settles as soon as the page has an address.
 * @throws Error with a sentence where the port is taken, or `keep` names a file that has something else in it.
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

/** Makes a call again. Its answer is for whoever looks. */
async function replay(ring: Ring, provider: Provider, id: string): Promise<string> {
  const { sent, record } = ring.find(id) ?? {};
  if (!sent || !record || sent.isCut) throw new Error("Only calls that are kept whole can be made again.");
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
