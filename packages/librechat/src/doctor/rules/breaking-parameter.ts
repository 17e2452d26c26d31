import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

export const breakingParameter: Rule = {
  id: "breaking-parameter",
  severity: "error",
  why: "`web_search: true` sends every request to /responses with one of OpenAI's own tools, which other providers answer with 404 or 400 (measured; https://github.com/danny-avila/LibreChat/issues/9793).",
  *check({ endpoints }) {
    for (const { path, value, label, client, definition } of endpoints) {
      const known = definition?.librechat;
      if (!client.sendsChat || client.isRouter || known?.webSearch || known?.responses === "served") continue;
      const added = asRecord(value["addParams"]);
      const drops = Array.isArray(value["dropParams"]) ? value["dropParams"] : [];
      for (const name of ["web_search", "useResponsesApi"]) {
        if (added[name] !== true || drops.includes(name)) continue;
        if (name === "useResponsesApi" && !definition) continue;
        yield {
          at: { key: [...path, "addParams", name] },
          message: !client.usesResponses
            ? `\`${name}\` in the \`addParams\` of ${label} sends one of OpenAI's own tools with every request.`
            : `\`${name}\` in the \`addParams\` of ${label} sends every request to /responses, titles too.`,
          fix:
            name === "web_search"
              ? "Delete it; put `web_search` into `dropParams` to hide users' switch, and configure the top-level `webSearch`."
              : "Delete it.",
          ...(name === "useResponsesApi"
            ? {
                why: "LibreChat then uses OpenAI's Responses API (measured), which this provider's catalogue does not cover.",
              }
            : {}),
        };
      }
      const definitions = asRecord(value["customParams"])["paramDefinitions"];
      if (!Array.isArray(definitions) || drops.includes("web_search")) continue;
      const index = definitions.findIndex(
        (one) => asRecord(one)["key"] === "web_search" && asRecord(one)["default"] === true,
      );
      if (index >= 0) {
        yield {
          at: { key: [...path, "customParams", "paramDefinitions", index, "default"] },
          message: `Web search is on by default for ${label}: every request goes to /responses.`,
          fix: "Delete the default.",
        };
      }
    }
  },
};
