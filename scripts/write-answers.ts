// Writes the endpoints' answers into docs/providers: each problem of a page names a request, which the provider's twin answers,
// or a recorded answer. Run it after changing a definition; a test reminds you.
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ProviderError, type Definition, type ProviderFactory } from "@llm-provider/core";
import { startTwin } from "@llm-provider/testing";
import { providers } from "../packages/cli/src/providers.generated.ts";
import { replacePart } from "../packages/docs/src/replace-part.ts";
import { writeChanged } from "./write-changed.ts";

const root = join(import.meta.dirname, "..");

/** The answer of an endpoint. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Every page of a provider's problems, up to date. */
export async function providerPages(): Promise<{ path: string; text: string }[]> {
  const pages = globSync("docs/providers/*.md", { cwd: root }).sort();
  return Promise.all(
    pages.map(async (page) => {
      const path = join(root, page);
      const factory = await providers[basename(page, ".md")]!();
      return { path, text: await withAnswers(readFileSync(path, "utf8"), factory) };
    }),
  );
}

/**
 * A page with each `<!-- generated: answer … -->` filled. The comment before it gives the request, as changes to a plain one
 * (`<!-- ask: {"top_k":40} -->`), or the answer (`<!-- answer: 413 {"error":{…}} -->`).
 */
async function withAnswers(page: string, factory: ProviderFactory): Promise<string> {
  const given = /<!-- (ask|answer): (?:(\d{3}) )?(\{.*\}) -->\n<!-- generated: (answer [\w-]+) -->/g;
  let text = page;
  for (const [, kind, status, json, name] of page.matchAll(given)) {
    const value: unknown = JSON.parse(json!);
    const answer = kind === "ask" ? await ask(factory, value as object) : { status: Number(status), body: value };
    text = replacePart(text, name!, await describe(factory, answer));
  }
  return text;
}

async function ask({ definition }: ProviderFactory, changes: object): Promise<Answer> {
  const twin = await startTwin(definition, { strictModels: true });
  try {
    const plain = { model: definition.smallModel, messages: [{ role: "user", content: "Hello" }] };
    const chat = `${twin.faces.find(({ url }) => url.endsWith("/v1"))?.url ?? twin.url}/chat/completions`;
    const response = await fetch(chat, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer any" },
      body: JSON.stringify({ ...plain, ...changes }),
    });
    if (response.ok)
      throw new Error(
        `The twin of ${definition.name} accepts ${JSON.stringify(changes)}, so there is no error to show.`,
      );
    return { status: response.status, body: await response.json() };
  } finally {
    await twin.close();
  }
}

/** The answer, and its meaning by the definition. */
async function describe(factory: ProviderFactory, { status, body }: Answer): Promise<string> {
  const { definition } = factory;
  const json = JSON.stringify(body, null, 2);
  const provider = factory({ apiKey: "any", maxRetries: 0, fetch: async () => new Response(json, { status }) });
  const error: unknown = await provider
    .chat({ model: definition.smallModel, messages: [{ role: "user", content: "Hello" }] })
    .catch((thrown: unknown) => thrown);
  if (!ProviderError.is(error)) throw new Error(`${definition.name}: HTTP ${status} gives no ProviderError.`);
  const [hint, page] = splitHint(error.hint ?? "");
  const later = error.retryable ? " The same request may succeed later." : "";
  return [
    `\`\`\`json\n${json}\n\`\`\``,
    `HTTP ${status}, [\`${error.code}\`](../errors.md#${error.code}). ${hint}${later}${evidence(definition, page)}`,
  ].join("\n\n");
}

/** The source that ends a hint. */
function splitHint(hint: string): [advice: string, page: string | undefined] {
  const [, advice, page] = /^(.*) \((https?:[^)]+)\)$/s.exec(hint) ?? [];
  return advice === undefined ? [hint, undefined] : [advice, page];
}

function evidence({ sources = {} }: Definition, page: string | undefined): string {
  const [name, source] = Object.entries(sources).find(([, [url]]) => url === page) ?? [];
  return name && source ? ` Source: [${name}](${source[0]}), read on ${source[1]}.` : "";
}

if (process.argv[1] === import.meta.filename) {
  writeChanged(root, await providerPages());
}
