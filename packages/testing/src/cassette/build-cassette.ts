import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import type { Definition } from "@llm-provider/core";
import { isLoopback, readPath } from "@llm-provider/core/internal";
import type { Cassette, CassetteMeta, Interaction, Origin } from "./cassette.ts";
import { readPayloads } from "./recorded-response.ts";
import { scrubInteractions } from "./scrub-interactions.ts";
import { isObject } from "../read-json.ts";

const { name, version } = createRequire(import.meta.url)("../../package.json") as { name: string; version: string };

export interface CassetteDraft {
  readonly scenario: string;
  readonly origin: Origin;
  readonly source?: CassetteMeta["source"];
  readonly adapter: string;
  readonly interactions: readonly Interaction[];
  /** Keys in use: every form of them is removed. */
  readonly secrets: readonly string[];
  readonly definition?: Definition;
  /** Takes the place of the address that was asked, which is a person's own. @default that address */
  readonly scope?: string;
}

/** A cassette ready to be sealed. Refuses the origin `live` for a recording that did not come from a real host. */
export function buildCassette(draft: CassetteDraft): Omit<Cassette, "meta"> & { meta: Omit<CassetteMeta, "sha256"> } {
  const { scenario, origin, source, adapter, secrets, definition, scope } = draft;
  const { interactions: asked, scrubbed } = scrubInteractions(draft.interactions, secrets);
  if (origin === "local") for (const interaction of asked) refuseUnlessLocal(interaction);
  if (origin === "live") for (const interaction of asked) refuseUnlessLive(interaction, definition);
  const interactions = scope === undefined ? asked : asked.map((interaction) => ({ ...interaction, scope }));
  return {
    format: 1,
    scenario,
    meta: {
      origin,
      ...(source && { source }),
      recordedAt: new Date().toISOString(),
      recordedBy: `${name}@${version}`,
      adapter,
      node: process.versions.node,
      host: origin === "twin" ? "twin" : hostOf(interactions[0]?.scope ?? "http://localhost"),
      models: [...new Set(interactions.map(modelsOf).filter((text) => text !== ""))],
      scrubbed,
      requestHash: requestHash(interactions),
    },
    interactions,
  };
}

/** Servers of this project say so in their `Server` header. */
export const ourServer = "llm-provider";

function refuseUnlessLocal({ scope, rawHeaders }: Interaction): void {
  if (!isLoopback(hostOf(scope))) throw new Error(`This is not a local recording: ${scope} is not loopback.`);
  const server = rawHeaders.find((_, at) => at % 2 === 1 && rawHeaders[at - 1] === "server");
  if (server?.startsWith(ourServer))
    throw new Error(`This is not a local recording: the server is one of ours (${server}).`);
}

/** A host from which a key was removed no longer makes a valid URL. */
function hostOf(scope: string): string {
  return URL.parse(scope)?.hostname ?? "[redacted]";
}

function refuseUnlessLive(interaction: Interaction, definition: Definition | undefined): void {
  const { protocol, hostname } = URL.parse(interaction.scope) ?? { protocol: "", hostname: "" };
  const names = new Set(interaction.rawHeaders.filter((_, index) => index % 2 === 0));
  const idHeader = definition?.limits?.requestId?.toLowerCase() ?? "x-request-id";
  const hasId =
    names.has(idHeader) || readPayloads(interaction).objects.some((json) => readPath(json, "id") !== undefined);
  const missing =
    protocol !== "https:" || isLoopback(hostname)
      ? `${interaction.scope} is not a remote host reached over https`
      : !names.has("date")
        ? "the answer has no Date header"
        : // The answers of an API that a tool asks have no common form.
          definition && !hasId && interaction.status === 200
          ? `the answer has no id and no header ${idHeader}`
          : undefined;
  if (missing) throw new Error(`This is not a live recording: ${missing}.`);
}

function modelsOf(interaction: Interaction): string {
  const asked = readPath(interaction.body, "model");
  if (typeof asked !== "string") return "";
  const answered = readPayloads(interaction)
    .objects.map((json) => readPath(json, "model"))
    .find((model) => typeof model === "string" && model !== "");
  return answered === undefined ? asked : `${asked} → ${String(answered)}`;
}

/** One hash of everything that a client sent. */
export function requestHash(interactions: readonly Pick<Interaction, "method" | "path" | "body">[]): string {
  const sent = interactions.map(({ method, path, body }) => ({ method, path, body }));
  return createHash("sha256").update(canonicalJson(sent)).digest("hex");
}

/** JSON with the keys of every object in order: the same value always gives the same text. */
export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
    ) ?? "null"
  );
}
