/** The code of a ProviderError; what else was thrown, by its name. */
export function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === "string" ? code : `no code (${typeof name === "string" ? name : typeof error})`;
}
