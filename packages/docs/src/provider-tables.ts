import type { Definition, ErrorRule, MessageRules, Source, ModelInfo, Price } from "@llm-provider/core";
import { modelInfo, parameterRules, sourceOf } from "@llm-provider/core/internal";
import { describeRule } from "@llm-provider/core/rules";

/** Renders everything that a definition states as Markdown, each fact with its source. */
export function providerTables(definition: Definition): string {
  const sections = [
    ["Models", models(definition)],
    ["Parameters", parameters(definition)],
    ["Messages and streams", conversation(definition)],
    ["Quirks", quirks(definition)],
    ["Errors", errors(definition)],
    ["Limits and metadata", limits(definition)],
    ["Sources", sources(definition)],
  ] as const;
  return sections.flatMap(([title, text]) => (text === "" ? [] : [`### ${title}\n\n${text}`])).join("\n");
}

/** Renders what a definition says about its wire format beyond the dialect. Each quirk gets a heading, so that pages can link to it. */
export function wireTables(definition: Definition): string {
  const named = (definition.quirks ?? []).map(
    ({ name, source, ...parts }) =>
      `### ${definition.name}: ${name}\n\nMended in each ${quirkParts(parts)}. Source: ${sourceLink(definition, source)}.\n`,
  );
  return [`## ${definition.name}\n\n${conversation(definition)}`, ...named].join("\n");
}

function quirkParts(quirk: object): string {
  const parts = { request: "request", chunk: "chunk", perAnswer: "answer", error: "error" };
  return Object.entries(parts)
    .flatMap(([part, word]) => (part in quirk ? [word] : []))
    .join(" and ");
}

/** A link to a source, with its key as the text. */
export function sourceLink(definition: Definition, source: Source | undefined): string {
  if (source === undefined) return "";
  return toLink(typeof source === "string" ? source : "page", sourceOf(definition, source).url);
}

function models(definition: Definition): string {
  const rows = Object.entries(definition.models).map(([id, info]) => [
    `\`${id}\`${id === definition.smallModel ? " (small)" : ""}`,
    ...describeModel(modelInfo(definition, id)!),
    sourceLink(definition, info.source),
  ]);
  return `Context window and max output in tokens; prices in US dollars a million tokens, input / output.\n\n${markdownTable(
    ["model", "context", "max output", "price", "features", "source"],
    rows,
  )}`;
}

function parameters(definition: Definition): string {
  const rows = Object.keys(definition.parameters ?? {}).flatMap((name) =>
    parameterRules(definition, name).map((rule) => [
      `\`${name}\``,
      describeRule(name, rule),
      sourceLink(definition, rule.source),
    ]),
  );
  const { unknownParameters: unknown } = definition;
  const others =
    unknown === undefined
      ? "This definition does not state what the endpoint does with unknown fields."
      : "rejected" in unknown
        ? `Unknown fields are refused with HTTP ${unknown.rejected} (${sourceLink(definition, unknown.source)}). The endpoint knows: ${unknown.known.map((name) => `\`${name}\``).join(", ")}. The client drops nothing by this list.`
        : `Unknown fields are ${"ignored" in unknown ? "ignored" : "accepted"} (${sourceLink(definition, unknown.source)}).`;
  return `${markdownTable(["parameter", "what happens", "source"], rows)}\nParameters that are not listed are sent as they are. ${others}\n`;
}

function conversation(definition: Definition): string {
  const { messages, streaming, refusals, embeddings } = definition;
  const rows = messages ? messageRows(messages).map((row) => [...row, sourceLink(definition, messages.source)]) : [];
  if (streaming) {
    const usage = {
      "with-finish": "with the finish reason",
      "own-chunk": "in a chunk of its own",
      "own-choice": "in a choice of its own",
      none: "not at all",
    };
    const source = sourceLink(definition, streaming.source);
    rows.push(["tool calls in a stream", streaming.toolCalls === "whole" ? "whole" : "in fragments", source]);
    rows.push(["usage in a stream", usage[streaming.usage], source]);
    if (streaming.comments) rows.push(["keep-alive comments", `\`: ${streaming.comments}\``, source]);
  }
  if (refusals) {
    const { names, wrongTypes } = refusals;
    const source = sourceLink(definition, refusals.source);
    const named = { all: "all of them", first: "the first", none: "none" };
    rows.push(["refused fields that one answer names", named[names], source]);
    rows.push(["values of a wrong type", wrongTypes === "taken" ? "taken" : `refused with HTTP ${wrongTypes}`, source]);
  }
  if (embeddings)
    rows.push([
      "texts in one request for embeddings",
      String(embeddings.maxInputs),
      sourceLink(definition, embeddings.source),
    ]);
  return markdownTable(["what", "how", "source"], rows);
}

function messageRows(rules: MessageRules): string[][] {
  const { fields = {}, nulls, content, toolCallId, afterTool, trailingAssistant, emptyAssistant, system } = rules;
  const rows = Object.entries(fields).map(([role, names]) => [
    `fields of \`${role}\``,
    `${names.join(", ")}; others are left out`,
  ]);
  if (nulls === "stripped") rows.push(["null fields", "left out"]);
  if (content === "text") rows.push(["content of text parts", "joined to one string"]);
  if (toolCallId) rows.push(["tool call ids", `\`${toolCallId}\`; others are mapped`]);
  if (afterTool !== undefined) rows.push(["user after tool", `"${afterTool}" of the assistant between`]);
  if (trailingAssistant) rows.push(["last message of the assistant", `gets \`${JSON.stringify(trailingAssistant)}\``]);
  if (rules.toolCallContent) rows.push(["content of a message that only calls tools", rules.toolCallContent]);
  if (rules.alternate) rows.push(["neighbours of one role", "joined with a blank line"]);
  if (rules.oneSystemFirst) rows.push(["system messages", "joined to one, in front"]);
  if (emptyAssistant === "removed") rows.push(["empty message of the assistant", "left out"]);
  if (typeof system === "object")
    rows.push(["system messages", `as \`developer\` for models that match \`${system.developer}\``]);
  else if (system) rows.push(["system and developer messages", `as \`${system}\``]);
  return rows;
}

function quirks(definition: Definition): string {
  const rows = (definition.quirks ?? []).map((quirk) => [
    quirk.name,
    (["request", "chunk", "perAnswer", "error"] as const).filter((part) => quirk[part]).join(", "),
    sourceLink(definition, quirk.source),
  ]);
  return markdownTable(["quirk", "in", "source"], rows);
}

/** The status and the body fields that an error rule matches. */
export function errorSigns(rule: ErrorRule): [status: string, body: string] {
  const body = Object.entries(rule.body ?? {}).map(([path, wanted]) => `\`${path}\`: \`${String(wanted)}\``);
  return [rule.status === undefined ? "any" : String(rule.status), body.join(", ")];
}

function errors(definition: Definition): string {
  const rows = (definition.errors ?? []).map((rule) => [
    ...errorSigns(rule),
    `\`${rule.code}\`${rule.retry ? ", retried" : ""}`,
    rule.hint,
    sourceLink(definition, rule.source),
  ]);
  return markdownTable(["status", "body", "code", "what to do", "source"], rows);
}

function limits({ limits: facts = {}, metadata = [] }: Definition): string {
  const { requestId, waitText, headers = {} } = facts;
  const rows = Object.entries(headers).map(([name, { of, is, unit }]) => [`\`${name}\``, `${of}: ${is}, as ${unit}`]);
  if (requestId) rows.push([`\`${requestId}\``, "the request's id"]);
  if (waitText) rows.push([`\`${waitText}\``, "the wait, in the text of an error"]);
  rows.push(...metadata.map((name) => [`\`${name}\``, "in `result.metadata`"]));
  return markdownTable(["header or field", "what it is"], rows);
}

function sources({ sources: pages = {} }: Definition): string {
  return markdownTable(
    ["source", "read on"],
    Object.entries(pages).map(([key, [url, day]]) => [
      isPage(url) ? toLink(key, url) : url,
      day === "unread" ? "not read yet" : day,
    ]),
  );
}

/** The cells of a model's row: context, max output, price, features. */
function describeModel({ context, maxOutput, price, features = [], retired, aliasOf }: ModelInfo): string[] {
  if (retired) return ["", "", "", `retired on ${retired.on}: use \`${retired.use}\``];
  const abilities = [...(aliasOf ? [`another name of \`${aliasOf}\``] : []), ...features].join(", ");
  return [count(context), count(maxOutput), price ? describePrices(price) : "", abilities];
}

function count(tokens: number | undefined): string {
  return tokens === undefined ? "" : tokens.toLocaleString("en-US");
}

function describePrices(price: NonNullable<ModelInfo["price"]>): string {
  const tiers = (price.tiers ?? []).map((tier) => `above ${count(tier.above)} tokens ${describePrice(tier)}`);
  const peak = price.peak ? [`at peak hours ${describePrice(price.peak)}`] : [];
  return [describePrice(price), ...tiers, ...peak].join("; ");
}

function describePrice({ input, output, cached, cacheWrite }: Price): string {
  const cache = [cached !== undefined && `cached ${cached}`, cacheWrite !== undefined && `cache write ${cacheWrite}`];
  const extra = cache.filter((part) => part !== false).join(", ");
  return `${input} / ${output}${extra && ` (${extra})`}`;
}

/** A Markdown table, or an empty string if there are no rows. Characters that would end a cell are escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n") + "\n";
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** A measured fact has no page, so the probe's name is printed without a link. */
function toLink(name: string, url: string): string {
  return isPage(url) ? `[${name}](${url})` : name;
}

function isPage(url: string): boolean {
  return /^https?:/.test(url);
}
