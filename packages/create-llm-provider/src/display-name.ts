/** The name for people: `acme-ai` → `Acme AI`. */
export function displayName(id: string): string {
  return id
    .split("-")
    .filter(Boolean)
    .map((word) => (/^(ai|llm|api)$/.test(word) ? word.toUpperCase() : word[0]!.toUpperCase() + word.slice(1)))
    .join(" ");
}
