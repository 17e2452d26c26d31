import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Definition, ErrorCode } from "@llm-provider/core";
import { knownParameters, parameterRules } from "@llm-provider/core/internal";
import { describeRule } from "@llm-provider/core/rules";
import { errorSigns, markdownTable, sourceLink } from "../../packages/docs/src/provider-tables.ts";

const docs = join(import.meta.dirname, "../../docs");

/** Every parameter that some provider treats in its own way: a heading each, and what each provider does with it. */
export function parameterReference(definitions: readonly Definition[]): string {
  const names = new Set([
    ...knownParameters,
    ...definitions.flatMap(({ parameters }) => Object.keys(parameters ?? {})),
  ]);
  return [...names]
    .sort()
    .map((name) => ({ name, rows: definitions.flatMap((definition) => parameterRows(definition, name)) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, rows }) => `## ${name}\n\n${markdownTable(["provider", "what happens", "source"], rows)}`)
    .join("\n");
}

function parameterRows(definition: Definition, name: string): string[][] {
  const provider = providerLink(definition);
  const rules = parameterRules(definition, name);
  const { unknownParameters: unknown } = definition;
  if (rules.length === 0 && unknown && "rejected" in unknown && !unknown.known.includes(name)) {
    const what = `\`${name}\` is not a field that the endpoint knows: it answers HTTP ${unknown.rejected}. It is sent all the same.`;
    return [[provider, what, sourceLink(definition, unknown.source)]];
  }
  return rules.map((rule) => [provider, describeRule(name, rule), sourceLink(definition, rule.source)]);
}

/** The rules of all definitions that lead to one code. */
export function errorReference(definitions: readonly Definition[], code: ErrorCode): string {
  const rows = definitions.flatMap((definition) =>
    (definition.errors ?? [])
      .filter((rule) => rule.code === code)
      .map((rule) => [providerLink(definition), ...errorSigns(rule), rule.hint, sourceLink(definition, rule.source)]),
  );
  return rows.length === 0
    ? "No definition has a rule of its own for it."
    : markdownTable(["provider", "status", "body", "what to do", "source"], rows);
}

/** Links to the page about the provider's errors. A freshly scaffolded package has none, so its folder is linked. */
function providerLink({ id, name }: Definition): string {
  const page = `providers/${id}.md`;
  return `[${name}](${existsSync(join(docs, page)) ? page : `../packages/${id}`})`;
}
