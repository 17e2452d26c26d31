import { createHash } from "node:crypto";
import { canonicalJson } from "../twin/canonical-json.ts";
import type { Interaction } from "./cassette.ts";

/** One hash for all that a client sent. */
export function requestHash(interactions: readonly Pick<Interaction, "method" | "path" | "body">[]): string {
  const sent = interactions.map(({ method, path, body }) => ({ method, path, body }));
  return createHash("sha256").update(canonicalJson(sent)).digest("hex");
}
