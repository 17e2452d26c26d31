/** A text that may be a variable in a notation other than LibreChat's `${NAME}`. */
export type ForeignVariable = {
  /** The scheme before it with its blanks, such as `Bearer `; empty if there is none. */
  readonly scheme: string;
  /** What is around the name, in lower case: `$`, `$()`, `%%`, `{}`, `{{}}`, `env:` and so on; empty for a bare name. */
  readonly notation: string;
  readonly name: string;
};

/**
 * Reads `$NAME`, `$(NAME)`, `%NAME%`, `{NAME}`, `{{ NAME }}`, `env:NAME`, `process.env.NAME` or a bare `NAME`. What opens and what
 * closes need not fit each other. Any word is a bare name: whether it looks like a variable is for the caller to say.
 */
export function readForeignVariable(text: string): ForeignVariable | undefined {
  const { scheme = "", open = "", name, close = "" } = shape.exec(text)?.groups ?? {};
  return name === undefined ? undefined : { scheme, notation: `${open}${close}`.toLowerCase(), name };
}

const shape =
  /^(?<scheme>(?:Bearer|Basic|Token)\s+)?(?<open>process\.env\.|env[.:]|\$env:|\$\(?|%|\{\{?\s*)?(?<name>\w+)(?<close>\)|%|\s*\}\}?\$?)?$/i;
