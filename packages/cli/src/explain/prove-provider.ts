import type { Definition } from "@llm-provider/core";
import type { LoggedError } from "@llm-provider/librechat";
import { bodiesOf } from "./match-rule.ts";

/** Letters outside the holes that a documented text needs to identify its provider. */
const fewestLetters = 24;

/** The provider of an error, if it can be proven: by a host, a port of a local server, or words that only one provider documents. */
export function proveProvider(error: LoggedError, definitions: readonly Definition[]): Definition | undefined {
  const one = (found: readonly Definition[]): Definition | undefined => (found.length === 1 ? found[0] : undefined);
  const hosts = new Set([...error.entry.matchAll(/\b[\w-]+(?:\.[\w-]+)+\b/g)].map(([host]) => host.toLowerCase()));
  const byHost = definitions.filter((definition) => hostsOf(definition).some((host) => hosts.has(host)));
  const ports = new Set([...error.entry.matchAll(localAddress)].map(([, port]) => port));
  const byPort = definitions.filter(({ baseURL }) => isLocal(baseURL) && ports.has(new URL(baseURL).port));
  return one(byHost) ?? one(byPort) ?? one(definitions.filter((definition) => speaksLike(definition, error)));
}

const localAddress =
  /(?:localhost|127\.0\.0\.1|\[?::1\]?|host\.docker\.internal|(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+){2,3}|\/\/[a-z][\w-]*):(\d{2,5})\b/g;

function isLocal(baseURL: string): boolean {
  return /^https?:\/\/(?:localhost|127\.)/.test(baseURL);
}

function hostsOf({ baseURL, docs, auth }: Definition): string[] {
  const pages = [docs, ...(isLocal(baseURL) ? [] : [baseURL]), ...(auth === "none" ? [] : [auth.page])];
  return pages.map((page) => new URL(page).hostname);
}

/** Are these the complete documented words of the provider with filled holes, or a code that only it uses? */
function speaksLike({ errors = [], dialect }: Definition, error: LoggedError): boolean {
  const messages = bodiesOf(error).map((body) => dialect.errorText(body).message ?? "");
  const raw = JSON.stringify(error.body) ?? "";
  return errors.some(({ example, body = {} }) => {
    const own = Object.values(body).some(
      (code) => typeof code === "string" && code.length >= 20 && raw.includes(`"${code}"`),
    );
    if (own || example === undefined) return own;
    const documented = dialect.errorText(example).message ?? "";
    const parts = documented.split(/\{\w+\}|`[^`]*`|'[^']*'|\d[\d.]*/);
    if (parts.join("").length < fewestLetters) return false;
    const whole = new RegExp(
      `^${parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".{1,200}?")}$`,
      "s",
    );
    return messages.some((message) => whole.test(message.slice(0, 2000)));
  });
}
