import { firstKey } from "@llm-provider/core/internal";

type Given = { readonly [name: string]: unknown };

/** Corrected answers, and a sentence for each change. */
export interface Normalised {
  given: Given;
  notes: string[];
}

// Paths that people copy from a curl line together with the base URL; each request adds its own.
const requestPath = /\/(chat\/completions|completions|embeddings|responses|models)$/;

/** Corrects common pasted values: `acme/`, `Acme`, a whole request's address, an address without `/v1`. */
export function normaliseGiven(given: Given): Normalised {
  const notes: string[] = [];
  const changed: { [name: string]: unknown } = {};
  const { id, baseURL } = given;
  if (typeof id === "string" && !firstKey(id)) {
    const meant = id.trim().replace(/^\.\//, "").replace(/\/+$/, "").toLowerCase();
    if (meant !== id && /^[a-z][a-z0-9-]*$/.test(meant)) {
      changed["id"] = meant;
      notes.push(`The id is ${meant}: an id is in lower case, without slashes.`);
    }
  }
  const meant = typeof baseURL === "string" ? meantURL(baseURL, given) : undefined;
  if (meant) {
    changed["baseURL"] = meant.url;
    notes.push(meant.note);
  }
  return { given: { ...given, ...changed }, notes };
}

function meantURL(text: string, { template, dialect }: Given): { url: string; note: string } | undefined {
  // A tool's API has other paths.
  if (template === "tool" || !URL.canParse(text) || firstKey(text)) return undefined;
  const { username, password, search, hash, origin, pathname } = new URL(text);
  if (username || password || search || hash) return undefined;
  const path = pathname.replace(/\/+$/, "");
  const [tail] = requestPath.exec(path) ?? [];
  if (tail) {
    const url = `${origin}${path.slice(0, -tail.length)}`;
    return { url, note: `The base URL is ${url}: ${tail} is added to each request.` };
  }
  if (path !== "" || text.trim().endsWith("/") || dialect === "custom") return undefined;
  const url = `${origin}/v1`;
  return {
    url,
    note: `The base URL is ${url}: /v1 was missing. If the API has no /v1, give ${origin}/ with the slash.`,
  };
}
