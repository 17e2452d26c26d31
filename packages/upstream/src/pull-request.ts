import type { Definition } from "@llm-provider/core";
import { modelInfo, sourceOf } from "@llm-provider/core/internal";
import type { LibreChatEndpoint } from "@llm-provider/librechat";
import { modelsOf } from "./page/endpoint-block.ts";
import type { RefreshedPage } from "./page/refresh-page.ts";
import type { GuidePlan } from "./plan-guide.ts";

const warnings: { readonly [key: string]: string } = {
  name: " An installation stores keys and conversations under the name: whoever uses the old one should keep it.",
  apiKey: " Whoever copies the block must rename the variable in `.env`.",
};

/** The pull request's title and text. Its boxes are empty: the person ticks them. */
export function pullRequest(guides: readonly GuidePlan[], checks: readonly string[]): { title: string; body: string } {
  const changed = guides.filter(({ kind }) => kind !== "unchanged");
  const body = [
    "## What changes",
    ...changed.map(guideText),
    "## How the blocks were made",
    "Each `librechat.yaml` block is generated from a description of the endpoint that names a source for each fact. The models come from:",
    [...new Set(changed.flatMap(modelSources))].map((source) => `- ${source}`).join("\n"),
    "## Checked",
    [
      ...checks.map((check) => `\`${check}\` passes`),
      "A conversation with a real key, with its title",
      "I have read every page that changes",
    ]
      .map((item) => `- [ ] ${item}`)
      .join("\n"),
  ];
  return { title: commitMessage(guides), body: `${body.join("\n\n")}\n` };
}

/** The first line of the commit, in the form that the repository's log has: `docs: add Acme endpoint guide`. */
export function commitMessage(guides: readonly GuidePlan[]): string {
  const added = names(guides, "added");
  const refreshed = guides.filter(({ kind }) => kind === "refreshed" || kind === "rewritten");
  const parts = [
    added.length > 0 && `add ${listed(added)}`,
    refreshed.length > 0 && `refresh ${listed(refreshed.map((guide) => guide.definition.name))}`,
  ].filter((part) => part !== false);
  const isOne = added.length + refreshed.length === 1;
  return `docs: ${parts.join(", ")} endpoint ${isOne ? "guide" : "guides"}`;
}

function names(guides: readonly GuidePlan[], kind: GuidePlan["kind"]): string[] {
  return guides.filter((guide) => guide.kind === kind).map(({ definition }) => definition.name);
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

function guideText(plan: GuidePlan): string {
  const { definition, endpoint, kind, path, hasNewIcon, refreshed } = plan;
  const gone = refreshed?.goneModels ?? [];
  const removed = kind === "refreshed" ? (refreshed?.removedNotes.length ?? 0) : 0;
  const lines = [
    `The block lists ${count(endpoint.models.default.length)}; \`titleModel\` is \`${endpoint.titleModel}\`.`,
    gone.length > 0 && `No longer listed: ${gone.map((model) => goneText(definition, model)).join("; ")}.`,
    ...(refreshed ? blockChanges(endpoint, refreshed) : []),
    removed > 0 && `${removed === 1 ? "One note" : `${removed} notes`} about models that are gone went with them.`,
    hasNewIcon && "The icon is new: one colour, 24 × 24.",
  ].filter((line) => typeof line === "string");
  const verb =
    kind === "added" ? "a new guide" : kind === "rewritten" ? "the guide is rewritten" : "the guide is updated";
  return [`**${definition.name}**: ${verb} (\`${path}\`).`, ...lines.map((line) => `- ${line}`)].join("\n");
}

/** Important changes for a reviewer, beside the models. */
function blockChanges(endpoint: LibreChatEndpoint, { before, noLongerDropped }: RefreshedPage): string[] {
  const values = [
    ["name", before["name"], endpoint.name],
    ["apiKey", before["apiKey"], endpoint.apiKey],
    ["baseURL", before["baseURL"], endpoint.baseURL],
    ["fetch", (before["models"] as { fetch?: unknown } | undefined)?.fetch, endpoint.models.fetch],
  ] as const;
  const changes = values.flatMap(([key, was, is]) =>
    was === is ? [] : [`\`${key}\` was \`${shown(was)}\` and is \`${shown(is)}\`.${warnings[key] ?? ""}`],
  );
  const dropped = noLongerDropped.map((parameter) => `\`${parameter}\``).join(", ");
  return dropped === "" ? changes : [...changes, `No longer dropped: ${dropped}.`];
}

function goneText(definition: Definition, model: string): string {
  const fact = modelInfo(definition, model)?.retired;
  return fact ? `\`${model}\` (switched off on ${fact.on}; its successor is \`${fact.use}\`)` : `\`${model}\``;
}

function modelSources({ definition, endpoint }: GuidePlan): string[] {
  return modelsOf(endpoint).flatMap((model) => {
    const known = modelInfo(definition, model);
    if (!known) return [];
    const { url, asOf } = sourceOf(definition, known.source);
    return [`${definition.name}: ${url}${asOf === undefined ? "" : ` (read on ${asOf})`}`];
  });
}

function count(models: number): string {
  return models === 1 ? "one model" : `${models} models`;
}

/** A value of the old page in backticks. Anybody may have written it, at any length. */
function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return "something else";
  return String(value)
    .replaceAll(/[\p{Cc}`]/gu, " ")
    .slice(0, 200);
}
