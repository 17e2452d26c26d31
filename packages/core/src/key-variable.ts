/** Names that say that the variable is a key: `ACME_API_KEY`, `ACME_TOKEN`. */
const usual = /^[A-Z][A-Z0-9_]*_(API_)?(KEY|TOKEN)$/;
/** Names that mean a key at some vendors and something else at others: `ACME_CREDENTIALS`. */
const unusual = /^[A-Z][A-Z0-9_]*_(CREDENTIALS?|SECRET|JWT|PAT)$/;

/**
 * Can an environment variable of this name be the key of an API? `usual` names say so; `unusual` ones are for a person to
 * confirm; `undefined` for every other name, such as `PATH`, `DATABASE_URL`, or a pasted key.
 */
export function keyVariableKind(name: string): "usual" | "unusual" | undefined {
  if (usual.test(name)) return "usual";
  return unusual.test(name) ? "unusual" : undefined;
}
