import { isLoopback } from "@llm-provider/core/internal";
import { stringValues } from "../../config/config-path.ts";
import { expandVariables } from "../endpoint-view.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { viewFileSearch } from "../view-file-search.ts";

/** What LibreChat adds, and what belongs to the APIs of models or to the service's own pages. */
const foreignPath = /\/(v1|embed|query|query_multiple|text|documents|health|docs)\/?$/;

/** The messages do not repeat the address, which may contain a password. */
export const ragUrl: Rule = {
  id: "rag-url",
  severity: "error",
  why: "LibreChat adds /embed, /query, /text, /documents and /health to RAG_API_URL as it is written; when it starts, it only logs that it cannot reach the service (read in VectorDB/crud.js and app/checks.ts, 2026-11-29).",
  *check({ config, environment }) {
    const written = environment?.["RAG_API_URL"];
    if (!written) return;
    const { at } = viewFileSearch(config);
    const unreadable = whyUnreadable(written);
    if (unreadable) yield { at, ...unreadable };
    else for (const finding of check(new URL(written), written, { config, environment })) yield { at, ...finding };
  },
};

function whyUnreadable(written: string): Omit<Finding, "at"> | undefined {
  const subject = "RAG_API_URL in LibreChat's .env";
  if (/^["'`“”‘’„«]|["'`“”‘’»]$/.test(written))
    return { message: `${subject} has a quotation mark in its value.`, fix: "Delete the quotation marks." };
  if (/\$\{?\w/.test(written))
    return {
      // Docker Compose expands it if it reads the file by `env_file`.
      severity: "warning",
      message: `${subject} contains a variable, which LibreChat does not expand there.`,
      fix: "Write the address itself.",
      why: "LibreChat reads its .env with dotenv, which expands nothing (read in server/index.js, 2026-11-29).",
    };
  if (/\s/.test(written)) return { message: `${subject} has a blank in its value.`, fix: "Delete the blank." };
  if (/^https?:\/\//i.test(written) && URL.canParse(written)) return undefined;
  return {
    message: `${subject} is not an http or https URL.`,
    fix: "Write it as http://host:port, such as http://localhost:8000.",
  };
}

function* check(
  url: URL,
  written: string,
  { config, environment = {} }: Pick<Subject, "config" | "environment">,
): Generator<Omit<Finding, "at">> {
  const subject = "RAG_API_URL in LibreChat's .env";
  const [, path] = foreignPath.exec(url.pathname) ?? [];
  if (url.username || url.password) {
    yield {
      message: `${subject} contains a user or a password, which replaces LibreChat's signature.`,
      fix: "Delete what is before the @.",
      why: "LibreChat's client then sends Basic instead of the signed token, so the service answers 401; /health is not asked at all (measured with axios 1.21.1 and Node's fetch).",
    };
  }
  if (url.search || url.hash) {
    yield {
      message: `${subject} has a ${url.search ? "query" : "fragment"}, and LibreChat adds its path after it.`,
      fix: `Delete it, from the ${url.search ? "?" : "#"} on.`,
    };
  }
  if (path) {
    yield {
      severity: "warning",
      message: `${subject} ends in /${path}, and LibreChat adds paths such as /embed and /query to it.`,
      fix: `Delete /${path} at its end.`,
    };
  } else if (written.endsWith("/")) {
    yield {
      message: `${subject} ends in a slash, so LibreChat asks for //embed and //query.`,
      fix: "Delete the slash at its end.",
      why: "The service has no such path: FastAPI answers 404 to //embed (measured with FastAPI 0.142.2).",
    };
  }
  if (isLoopback(url.hostname) && namesDockerHost(config, environment)) {
    yield {
      severity: "info",
      message: `${subject} is on ${url.hostname}, while this file reaches the machine as host.docker.internal: in Docker, ${url.hostname} is the container itself.`,
      fix: `If LibreChat runs in Docker, write http://host.docker.internal${url.port && `:${url.port}`}.`,
      why: "A container has its own loopback, so the request never leaves it (https://github.com/danny-avila/LibreChat/issues/8507).",
    };
  }
}

function namesDockerHost(config: Subject["config"], environment: { readonly [name: string]: string }): boolean {
  return [...stringValues(config)].some(([, text]) =>
    /\bhost\.docker\.internal\b/.test(expandVariables(text, environment)),
  );
}
