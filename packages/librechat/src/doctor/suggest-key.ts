import { closestName } from "@llm-provider/core/internal";

/** Names that people write instead of LibreChat's, from other programs and from habit. */
const others: { readonly [written: string]: readonly string[] } = {
  url: ["baseURL"],
  endpoint: ["baseURL"],
  host: ["baseURL"],
  apibase: ["baseURL"],
  reverseproxyurl: ["baseURL"],
  key: ["apiKey"],
  token: ["apiKey"],
  label: ["modelDisplayLabel"],
  displayname: ["modelDisplayLabel"],
  displaylabel: ["modelDisplayLabel"],
  icon: ["iconURL", "iconPath"],
  model: ["models"],
  modellist: ["models", "default"],
  list: ["default"],
  options: ["default"],
  fetchmodels: ["fetch"],
  defaultparams: ["addParams"],
  extraparams: ["addParams"],
  extrabody: ["addParams"],
  params: ["addParams"],
  removeparams: ["dropParams"],
  titlemodelname: ["titleModel"],
  generatetitle: ["titleConvo"],
  title: ["titleConvo"],
  contexttokens: ["context"],
  contextwindow: ["context"],
  contextlength: ["context"],
  maxcontexttokens: ["context"],
  input: ["prompt"],
  output: ["completion"],
  cachedinput: ["cacheRead"],
  cached: ["cacheRead"],
  cmd: ["command"],
  arguments: ["args"],
  environment: ["env"],
  transport: ["type"],
  servers: ["mcpServers"],
  mcp: ["mcpServers"],
  mcpserver: ["mcpServers"],
  endpointsconfig: ["endpoints"],
  customendpoints: ["custom"],
};

/** Keys that LibreChat once read in an endpoint. */
export const goneKeys: ReadonlyMap<string, string> = new Map([
  ["summarize", "Delete it; the top-level `summarization` replaced it."],
  ["summaryModel", "Delete it; `summarization.model` at the top level replaced it."],
  ["forcePrompt", "Delete it; it was not replaced."],
  ["titleMessageRole", "Delete it; it passes the schema, but LibreChat does not read it."],
]);

/** The key that a wrong one probably means: by case and separators, by spelling, by habit. */
export function suggestKey(written: string, known: readonly string[]): string | undefined {
  const plain = normalize(written);
  const same = known.find((key) => normalize(key) === plain);
  if (same) return same;
  const habit = Object.hasOwn(others, plain) ? others[plain]!.find((key) => known.includes(key)) : undefined;
  return (
    habit ??
    closestName(written, known) ??
    known.find((key) => written.length >= 3 && key.length === written.length + 1 && key.startsWith(written)) ??
    known.find((key) => normalize(key) === `${plain}s` || `${normalize(key)}s` === plain)
  );
}

function normalize(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/**
 * Does a mapping have a misspelt name instead of `key`? The wrong name is reported at its place, and
 * its consequences are not.
 */
export function isMisspelt(mapping: { readonly [key: string]: unknown }, key: string): boolean {
  return !Object.hasOwn(mapping, key) && Object.keys(mapping).some((other) => suggestKey(other, [key]) === key);
}
