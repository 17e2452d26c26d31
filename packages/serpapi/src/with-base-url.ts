import { type ToolContext } from "@llm-provider/core";
import { isLoopback } from "@llm-provider/core/internal";

type Fetch = ToolContext["fetch"];

/** A fetch for the option `fetch` that asks another server with the same paths: a twin, or a proxy of one's own. */
export function withBaseURL(baseURL: string, fetch: Fetch = (url, init) => globalThis.fetch(url, init)): Fetch {
  const base = new URL(baseURL);
  if (base.protocol !== "https:" && !(base.protocol === "http:" && isLoopback(base.hostname)))
    throw new TypeError(`The key would travel in the open to ${base.origin}: use https, or http on this machine.`);
  return (url, init) => {
    const { pathname, search } = new URL(url);
    return fetch(base.origin + base.pathname.replace(/\/$/, "") + pathname + search, init);
  };
}
