// Words that cannot name a constant in a module, and the names that the templates import or declare themselves.
const taken = new Set(
  (
    "abstract arguments as async await boolean break case catch class const continue debugger declare default delete do else enum eval export extends false finally for from " +
    "function get global if implements import in infinity instanceof interface is let module namespace never new null number object of package private protected public require " +
    "return set static string super switch symbol this throw true try type typeof undefined unknown using var void while with yield " +
    "array date error fetch globalthis infinity json map math nan process promise proxy regexp request response url " +
    "defineprovider definetool dialect describeprovider describetool input models openai result serve startserver starttwin test tool twin z"
  ).split(" "),
);

/** The constant that a package exports: `acme-ai` → `acmeAi`. A name that is taken gets a word after it: `class` → `classProvider`. */
export function exportName(id: string, template: "provider" | "tool"): string {
  const name = id.replace(/-+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? "");
  return taken.has(name.toLowerCase()) ? name + (template === "tool" ? "Tool" : "Provider") : name;
}
