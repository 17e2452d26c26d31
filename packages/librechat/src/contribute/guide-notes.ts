import { type Guide, keyVariable } from "./guide.ts";

/**
 * What a reader of the block would ask, one sentence or two each. No names and numbers that change: a refresh keeps notes
 * that stand on the page, and adds those that do not.
 */
export function guideNotes(guide: Guide): string[] {
  const { definition, endpoint } = guide;
  const { name } = definition;
  const dropped = new Set(endpoint.dropParams);
  const isTwofold = [...dropped].some((parameter) => parameter.includes("_") && dropped.has(camelCase(parameter)));
  const refuses = [...dropped].some((parameter) => parameter !== "web_search");
  const reasoning = endpoint.customParams?.reasoningKey;
  const hasUnknownPrice = Object.values(endpoint.tokenConfig ?? {}).some(
    ({ prompt, completion }) => prompt + completion === 0,
  );
  const notes: (string | false | undefined)[] = [
    endpoint.models.fetch
      ? `With \`fetch: true\`, LibreChat asks ${name} which models there are. The \`default\` list is shown when that fails.`
      : `The models are those of the \`default\` list; ${name}'s own list may hold some that cannot chat. [Its documentation](${definition.docs}) names the current ones.`,
    refuses &&
      `\`dropParams\` names parameters that ${name} or some of its models refuse.${isTwofold ? " Some stand there in two spellings, because LibreChat renames them before it drops them." : ""}`,
    dropped.has("web_search") &&
      `\`web_search\` is dropped because LibreChat would send such a request to an address that ${name} does not have.`,
    endpoint.addParams?.["streamUsage"] === true &&
      "`streamUsage: true` makes LibreChat ask for token counts, so that it need not estimate them.",
    reasoning && `\`reasoningKey\` tells LibreChat that ${name} streams its reasoning as \`${reasoning}\`.`,
    endpoint.tokenConfig &&
      `\`tokenConfig\` holds each model's context window in tokens, and its prices in US dollars a million tokens. Without it, LibreChat guesses the window of a model that it does not know.${hasUnknownPrice ? " A price of 0 is one that is not known." : ""}`,
    endpoint.streamRate !== undefined && "`streamRate` keeps LibreChat from slowing the stream down.",
    keyVariable(guide) && 'To let users bring their own keys, set `apiKey: "user_provided"`.',
  ];
  return notes.filter((note): note is string => typeof note === "string");
}

function camelCase(parameter: string): string {
  return parameter.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
