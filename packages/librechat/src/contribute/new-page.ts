import { stringify } from "yaml";
import { endpointBlock } from "./endpoint-block.ts";
import { type Guide, keyVariable } from "./guide.ts";
import { guideNotes } from "./guide-notes.ts";

/** A guide page for a provider that has none. */
export function newPage(guide: Guide): string {
  const { definition, endpoint, icon } = guide;
  const { name, docs } = definition;
  const front = { title: name, icon, description: `Configure ${name} as a custom endpoint in LibreChat.` };
  const api = definition.dialect.settings ? "an OpenAI-compatible API" : "an API";
  return [
    `---\n${stringify(front, { lineWidth: 0 })}---`,
    `[${name}](${docs}) serves its models through ${api}. LibreChat reaches it as a custom endpoint.`,
    ...keySection(guide),
    "## Configuration",
    "Put this item into `endpoints.custom` of your `librechat.yaml`:",
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
    `Make a key on [${name}'s page for keys](${auth.page}). Put it into your \`.env\` file:`,
    `\`\`\`bash filename=".env"\n${variable}=your-api-key\n\`\`\``,
  ];
}
