import { isLoopback } from "@llm-provider/core/internal";

/** The names of a definition. */
export interface Identity {
  /** The id of the provider; also a part of the package's name. */
  readonly id: string;
  /** The display name. */
  readonly name: string;
  /** The environment variable of the key; undefined if none is needed. */
  readonly keyEnv: string | undefined;
  /** The page that documents the API. @default the address of the API */
  readonly docs?: string;
  /** The day of the probe, YYYY-MM-DD. */
  readonly day: string;
}

/** The id that a host suggests: `api.acme.ai` → `acme`; a server of this machine is `local`. */
export function idOf(baseURL: string): string {
  const { hostname } = new URL(baseURL);
  if (isLoopback(hostname) || /^[\d.[\]:]+$/.test(hostname)) return "local";
  const labels = hostname.split(".").filter((label) => !/^(?:www|api|llm|inference|gateway|com|co)$/.test(label));
  const [label = "endpoint"] = labels.length > 1 ? labels.slice(0, -1).slice(-1) : labels;
  const id = label
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, "")
    .replace(/^[^a-z]+/, "");
  return id.slice(0, 50) || "endpoint";
}

/** The variable for the key of an endpoint, by its id. */
export function keyVariableOf(id: string): string {
  return `${id.toUpperCase().replaceAll("-", "_")}_API_KEY`;
}

/** `acme-ai` → `Acme AI`. */
export function nameOf(id: string): string {
  const words = id.split("-").filter(Boolean);
  return words
    .map((word) => (/^(ai|llm|api)$/.test(word) ? word.toUpperCase() : word[0]!.toUpperCase() + word.slice(1)))
    .join(" ");
}
