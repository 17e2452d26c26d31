import type { Definition } from "@llm-provider/core";
import { startTwin, type Wire } from "@llm-provider/testing";
import { loadOwnProviders } from "../../../test/own-packages.ts";

/** A twin that speaks Chat Completions, and the provider that it plays. */
export interface TwinEndpoint {
  readonly id: string;
  readonly definition: Definition;
  start(): Promise<{ readonly url: string; close(): Promise<void> }>;
}

/** Every provider of ours: at its twin's base URL, or at the twin's second API if the first speaks another format. */
export async function twinEndpoints(): Promise<TwinEndpoint[]> {
  const endpoints: TwinEndpoint[] = [];
  for (const [, { definition }] of await loadOwnProviders()) {
    const { id, dialect } = definition;
    if (dialect.settings) endpoints.push({ id, definition, start: () => startTwin(definition) });
    const wire = (await dialect.server?.())?.wire as Wire | undefined;
    const face = wire?.faces?.[0];
    if (dialect.settings || !face) continue;
    const start = async (): ReturnType<TwinEndpoint["start"]> => {
      const twin = await startTwin(definition);
      return { url: twin.faces[0]!.url, close: () => twin.close() };
    };
    endpoints.push({ id, definition: { ...definition, ...face }, start });
  }
  return endpoints;
}
