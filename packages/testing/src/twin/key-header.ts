import type { Definition } from "@llm-provider/core";

/** The header that carries a key at this endpoint, as it is sent; undefined where none is asked. */
export function keyHeader({ auth }: Definition, apiKey: string): { name: string; value: string } | undefined {
  if (auth === "none") return undefined;
  const name = (auth.header ?? "authorization").toLowerCase();
  const scheme = auth.scheme ?? (name === "authorization" ? "Bearer" : "");
  return { name, value: scheme === "" ? apiKey : `${scheme} ${apiKey}` };
}
