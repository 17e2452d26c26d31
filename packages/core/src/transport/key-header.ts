import type { Definition } from "../definition/definition.ts";

/** The header that carries a key: its name in lower case, and its value. */
export function keyHeader({ auth }: Definition, key: string): [name: string, value: string] {
  const { header = "authorization", scheme } = auth === "none" ? {} : auth;
  const name = header.toLowerCase();
  const prefix = scheme ?? (name === "authorization" ? "Bearer" : "");
  return [name, prefix === "" ? key : `${prefix} ${key}`];
}
