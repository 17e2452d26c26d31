/** The names that are derived from an id. */
export interface Names {
  /** The display name: `acme-ai` → `Acme AI`. */
  displayName: string;
  /** Environment variable of the key: `acme-ai` → `ACME_AI_API_KEY`. */
  keyVariable: string;
  /** The tool's name for models: `acme-ai` → `acme_ai_search`. */
  toolName: string;
  /** The constant that the package exports: `acme-ai` → `acmeAi`; a taken name gets a suffix: `class` → `classProvider`. */
  exportName: string;
}

// Words that cannot name a constant in a module, and the names that the templates import or declare themselves.
const taken = new Set(
  (
    "abstract arguments as async await boolean break case catch class const continue debugger declare default delete do else enum eval export extends false finally for from " +
    "function get global if implements import in infinity instanceof interface is let module namespace never new null number object of package private protected public require " +
    "return set static string super switch symbol this throw true try type typeof undefined unknown using var void while with yield " +
    "array date error fetch globalthis infinity json map math nan process promise proxy regexp request response url " +
    "chatcompletions defineprovider definetool dialect describeprovider describetool expect input models openai result serve startserver starttwin streamtext test toaisdk tolangchain tool twin z"
  ).split(" "),
);

export function namesOf(id: string, template: "provider" | "tool" = "provider"): Names {
  const words = id.split("-").filter(Boolean);
  const underscored = id.replaceAll("-", "_");
  const constant = id.replace(/-+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? "");
  return {
    displayName: words
      .map((word) => (/^(ai|llm|api)$/.test(word) ? word.toUpperCase() : word[0]!.toUpperCase() + word.slice(1)))
      .join(" "),
    keyVariable: `${underscored.toUpperCase()}_API_KEY`,
    toolName: `${underscored}_search`,
    exportName: taken.has(constant.toLowerCase()) ? constant + (template === "tool" ? "Tool" : "Provider") : constant,
  };
}
