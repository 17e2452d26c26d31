import type { Path } from "../config/config-path.ts";
import { asRecord } from "./as-record.ts";
import type { Finding } from "./rule.ts";

/** What `endpoints.agents.capabilities` says about file search. */
export type FileSearchView = {
  /** `default`: the file has no list of capabilities, and LibreChat's own names file search. */
  readonly state: "named" | "left out" | "default";
  /** The best place for a finding about file search, even if the mistake is in the .env. */
  readonly at: Finding["at"];
};

const list: Path = ["endpoints", "agents", "capabilities"];

export function viewFileSearch(config: { readonly [key: string]: unknown }): FileSearchView {
  const capabilities = asRecord(asRecord(config["endpoints"])["agents"])["capabilities"];
  if (!Array.isArray(capabilities)) return { state: "default", at: { key: list } };
  // Another rule reports a misspelt name.
  const index = capabilities.findIndex((name) => /^file[-_ ]?search$/i.test(String(name)));
  return index < 0 ? { state: "left out", at: { key: list } } : { state: "named", at: { value: [...list, index] } };
}
