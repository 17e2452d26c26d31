import type { GuidePlan } from "./plan-guide.ts";

/** The first line of the commit, in the form that the repository's log has: `docs: add Acme endpoint guide`. */
export function commitMessage(guides: readonly GuidePlan[]): string {
  const added = names(guides, "added");
  const refreshed = guides.filter(({ kind }) => kind === "refreshed" || kind === "rewritten");
  const parts = [
    added.length > 0 && `add ${listed(added)}`,
    refreshed.length > 0 && `refresh ${listed(refreshed.map((guide) => guide.definition.name))}`,
  ].filter((part) => part !== false);
  const count = added.length + refreshed.length;
  return `docs: ${parts.join(", ")} endpoint ${count === 1 ? "guide" : "guides"}`;
}

/** A name for the branch that says the same. */
export function branchName(definitions: readonly { readonly id: string }[]): string {
  const ids = definitions.map(({ id }) => id).join("-");
  return ids.length <= 50 ? `docs/${ids}-endpoint` : "docs/endpoint-guides";
}

function names(guides: readonly GuidePlan[], kind: GuidePlan["kind"]): string[] {
  return guides.filter((guide) => guide.kind === kind).map(({ definition }) => definition.name);
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
