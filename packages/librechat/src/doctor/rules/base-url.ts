import { isForeignProvider } from "../../librechat-names.ts";
import { type Definition } from "@llm-provider/core";
import { closestName, isLoopback, isPrivateHost } from "@llm-provider/core/internal";
import type { EndpointView } from "../endpoint-view.ts";
import type { Finding, Rule } from "../rule.ts";

const doubling = /\/(chat\/completions|completions|responses|models|embeddings|messages)\/?$/;

/** Hosts whose path LibreChat's documentation gives. */
const documented: { readonly [host: string]: string } = {
  "api.x.ai": "/v1",
  "api.moonshot.ai": "/v1",
  "api.cohere.ai": "/v1",
  "api.shuttleai.com": "/v1",
  "cloud-api.near.ai": "/v1",
};

export const baseUrl: Rule = {
  id: "base-url",
  severity: "error",
  why: "LibreChat adds /chat/completions to `baseURL` (https://github.com/danny-avila/LibreChat/issues/1626), and Anthropic's client /v1/messages.",
  *check({ endpoints, definitions }) {
    for (const endpoint of endpoints) {
      const { baseURL, path } = endpoint;
      if (!baseURL || baseURL === "user_provided" || /\$|\{\{/.test(baseURL)) continue;
      const at = { value: [...path, "baseURL"] };
      for (const finding of check(endpoint, baseURL, definitions)) yield { at, ...finding };
    }
  },
};

function* check(
  endpoint: EndpointView,
  baseURL: string,
  definitions: readonly Definition[],
): Generator<Omit<Finding, "at">> {
  const { label, value } = endpoint;
  if (!URL.canParse(baseURL) || !/^https?:\/\//i.test(baseURL)) {
    const isSchemeMissing = !/^[a-z]+:\/\//i.test(baseURL);
    yield {
      message: `The \`baseURL\` of ${label} is not a URL.`,
      fix: isSchemeMissing
        ? "Begin it with https:// (or http:// for a server of your own)."
        : "Write it as https://host/path.",
      why: "LibreChat uses it unchanged; every request and every list of models fails (https://github.com/danny-avila/LibreChat/issues/12857).",
    };
    return;
  }
  const url = new URL(baseURL);
  const direct = value["directEndpoint"] === true;
  // Azure's own API is under /models.
  const [, doubled] = (url.hostname.endsWith(".azure.com") ? undefined : doubling.exec(url.pathname)) ?? [];
  if (isForeignProvider(value["provider"])) {
    if (/\/v1\/?$/.test(url.pathname)) {
      yield {
        message: `The \`baseURL\` of ${label} ends in /v1, and Anthropic's client adds /v1/messages.`,
        fix: "Delete /v1 at its end.",
        why: "Measured: the request goes to /v1/v1/messages (https://github.com/danny-avila/LibreChat/pull/13748).",
      };
    }
  } else if (doubled && !direct) {
    yield {
      message: `The \`baseURL\` of ${label} ends in /${doubled}, and LibreChat adds /chat/completions to it.`,
      fix:
        doubled === "chat/completions"
          ? "Delete /chat/completions at its end, or set `directEndpoint: true`."
          : `Delete /${doubled} at its end.`,
      ...(doubled === "completions"
        ? {
            why: "The old completions interface is not what LibreChat speaks, and the path is doubled (https://github.com/danny-avila/LibreChat/issues/5326).",
          }
        : {}),
    };
  } else if (direct && /^(\/(openai|api|inference))?(\/v\d+)?\/?$/.test(url.pathname)) {
    yield {
      message: `${label} has \`directEndpoint: true\`, but its \`baseURL\` does not end in /chat/completions.`,
      fix: "Write the whole URL, or delete `directEndpoint`.",
      why: "With `directEndpoint`, LibreChat posts to `baseURL` unchanged (measured).",
    };
  }
  if (url.search || url.hash) {
    yield {
      message: `The \`baseURL\` of ${label} has a ${url.search ? "query" : "fragment"}, and LibreChat adds its path after it.`,
      fix: "Delete it.",
      why: "The path is added to the text of `baseURL` (read in v0.8.7, endpoints/openai/config.ts).",
    };
  }
  if (url.protocol === "http:" && !isPrivateHost(url.hostname)) {
    yield {
      severity: "warning",
      message: `The \`baseURL\` of ${label} is http on a public host: key and conversations are sent unencrypted.`,
      fix: "Write https://.",
      why: "Anyone on the way can read the key; most providers answer http with a redirect, which turns the request into a GET.",
    };
  }
  if (isLoopback(url.hostname)) {
    yield {
      severity: "info",
      message: `The \`baseURL\` of ${label} is on ${url.hostname}, which is the container itself if LibreChat runs in Docker.`,
      fix: `In Docker, write ${url.href.replace(url.hostname, "host.docker.internal").replace(/\/$/, "")}; on Linux, add host.docker.internal:host-gateway to \`extra_hosts\`.`,
      why: "A container has its own loopback, so the request never leaves it (https://github.com/danny-avila/LibreChat/issues/8507).",
    };
  }
  if (doubled || value["provider"] !== undefined || direct) return;
  yield* checkHost(endpoint, url, definitions);
}

/** The known path of the host, and hosts that differ from a known one by a typo. */
function* checkHost(
  { label, definition }: EndpointView,
  url: URL,
  definitions: readonly Definition[],
): Generator<Omit<Finding, "at">> {
  const written = trim(url.pathname);
  const path = documented[url.hostname];
  if (path !== undefined && written === "") {
    yield {
      message: `The \`baseURL\` of ${label} lacks ${path}.`,
      fix: `Write ${url.origin}${path}.`,
      why: "LibreChat's documentation gives this host with that path; without it the host answers 404.",
    };
  }
  if (!definition) {
    const hosts = definitions.map(({ baseURL }) => new URL(baseURL).hostname).filter((host) => host.includes("."));
    const meant = closestName(url.hostname, hosts);
    if (meant && isSlip(url.hostname, meant))
      yield {
        message: `The host in the \`baseURL\` of ${label} is almost ${meant}, but misspelt.`,
        fix: `Did you mean ${meant}?`,
        why: "No schema can see that a host does not exist; every request fails.",
      };
    return;
  }
  const own = new URL(definition.librechat?.baseURL ?? definition.baseURL);
  const wanted = trim(own.pathname);
  // DeepSeek and others accept both /v1 and the bare path.
  if (written === wanted || (wanted === "" && /^\/(v1|beta)$/.test(written))) return;
  yield {
    message: `The \`baseURL\` of ${label} should end in ${wanted || own.host}, not in ${written || url.host}.`,
    fix: `Write ${url.origin}${wanted}.`,
    why:
      definition.baseURL.endsWith("/api") || written === "/api"
        ? "LibreChat speaks the OpenAI API, which is under /v1 (https://github.com/danny-avila/LibreChat/issues/8507)."
        : `${definition.name}'s OpenAI-compatible API is there (${definition.docs}); elsewhere it answers 404.`,
  };
}

/** Names of two or three letters have real neighbours: api.z.ai is not a typo of api.x.ai. */
function isSlip(written: string, meant: string): boolean {
  const [ours, theirs] = [meant, written].map((host) => host.split("."));
  const isSameDomain = ours!.slice(-2).join(".") === theirs!.slice(-2).join(".");
  return isSameDomain || ours!.at(-2)!.length >= 4 || meant.replaceAll(".", "") === written.replaceAll(".", "");
}

function trim(path: string): string {
  return path.replace(/\/+$/, "");
}
