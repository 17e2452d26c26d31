import type { Definition } from "@llm-provider/core";
import type { LibreChatEndpoint } from "@llm-provider/librechat";
import { stringify } from "yaml";
import { endpointBlock } from "./endpoint-block.ts";

/** The input of a guide page. */
export interface Guide {
  readonly definition: Definition;
  /** The export of `toEndpoint`. */
  readonly endpoint: LibreChatEndpoint;
  /** The page's `icon:`, a name that the documentation's icon map knows. */
  readonly icon: string;
}

/** The variable of the key; absent if the endpoint takes none. */
export function keyVariable({ endpoint }: Pick<Guide, "endpoint">): string | undefined {
  return /^\$\{(\w+)\}$/.exec(endpoint.apiKey)?.[1];
}

/**
 * Answers to questions about the block, a sentence or two each. They name no facts that change with a release,
 * because a refresh keeps the notes that are on the page and adds the missing ones.
 */
export function guideNotes(guide: Guide): string[] {
  const { definition, endpoint } = guide;
  const { name } = definition;
  const dropped = new Set(endpoint.dropParams);
  const isTwofold = [...dropped].some((parameter) => parameter.includes("_") && dropped.has(camelCase(parameter)));
  const refuses = [...dropped].some((parameter) => parameter !== "web_search");
  const hasUnknownPrice = Object.values(endpoint.tokenConfig ?? {}).some(
    ({ prompt, completion }) => prompt + completion === 0,
  );
  const notes: (string | false | undefined)[] = [
    endpoint.models.fetch
      ? `With \`fetch: true\`, LibreChat asks ${name} for its list of models. The \`default\` list is the fallback.`
      : `LibreChat offers the models of the \`default\` list, because ${name}'s own list may contain models that cannot chat. [Its documentation](${definition.docs}) names the current ones.`,
    refuses &&
      `\`dropParams\` names parameters that ${name} or some of its models refuse.${isTwofold ? " Some appear in two spellings, because LibreChat renames them before it drops them." : ""}`,
    dropped.has("web_search") &&
      `\`web_search\` is dropped because LibreChat would send such a request to an address that ${name} does not have.`,
    endpoint.addParams?.["streamUsage"] === true &&
      "`streamUsage: true` makes LibreChat ask for token counts, instead of estimating them.",
    endpoint.tokenConfig &&
      `\`tokenConfig\` gives each model's context window in tokens and its prices in US dollars per million tokens. Without it, LibreChat guesses the window of a model that it does not know.${hasUnknownPrice ? " A price of 0 means that the price is unknown." : ""}`,
    endpoint.streamRate !== undefined && "`streamRate` keeps LibreChat from slowing the stream down.",
    keyVariable(guide) && 'To let users bring their own keys, set `apiKey: "user_provided"`.',
  ];
  return notes.filter((note): note is string => typeof note === "string");
}

function camelCase(parameter: string): string {
  return parameter.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A guide page for a provider without one. */
export function newPage(guide: Guide): string {
  const { definition, endpoint, icon } = guide;
  const { name, docs } = definition;
  const front = { title: name, icon, description: `Configure ${name} as a custom endpoint in LibreChat.` };
  const api = endpoint.provider === undefined ? "an OpenAI-compatible API" : "an API";
  return [
    `---\n${stringify(front, { lineWidth: 0 })}---`,
    `[${name}](${docs}) serves its models through ${api}. LibreChat reaches it as a custom endpoint.`,
    ...keySection(guide),
    "## Configuration",
    "Add this item to `endpoints.custom` in your `librechat.yaml`:",
    `\`\`\`yaml filename="librechat.yaml"\n${endpointBlock(endpoint)}\n\`\`\``,
    "## Notes",
    `${guideNotes(guide)
      .map((note) => `- ${note}`)
      .join("\n")}\n`,
  ].join("\n\n");
}

function keySection(guide: Guide): string[] {
  const { name, auth } = guide.definition;
  const variable = keyVariable(guide);
  if (variable === undefined || auth === "none") return [];
  return [
    "## Get an API key",
    `Create a key on [${name}'s key page](${auth.page}) and add it to your \`.env\` file:`,
    `\`\`\`bash filename=".env"\n${variable}=your-api-key\n\`\`\``,
  ];
}
