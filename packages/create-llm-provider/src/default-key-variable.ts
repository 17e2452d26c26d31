/** `acme-ai` → `ACME_AI_API_KEY`. */
export function defaultKeyVariable(id: string): string {
  return `${id.toUpperCase().replaceAll("-", "_")}_API_KEY`;
}
