// Runs an example without a key or a network: `node --conditions=source offline.ts chat`. Each provider talks to its twin; the
// example itself does not notice.
import { startTwin, type TwinScenario } from "@llm-provider/testing";
import { providers } from "./providers.ts";

const examples = ["chat", "stream", "tools", "fallback", "cost"];
const example = process.argv[2] ?? "";
if (!examples.includes(example)) {
  console.error(`Name one of the examples: ${examples.join(", ")}.`);
  process.exit(2);
}

/** The faults that an example demonstrates. */
const trouble: { [key: string]: readonly TwinScenario[] } = {
  "fallback groq": [{ error: { status: 503, message: "The twin of Groq simulates an outage." } }],
};

const twins = await Promise.all(
  providers.map(async ({ definition }) => {
    if (definition.auth !== "none") process.env[definition.auth.env] = "no-key-is-needed-offline";
    const twin = await startTwin(definition, { scenarios: trouble[`${example} ${definition.id}`] ?? [] });
    return { twin, baseURL: definition.baseURL };
  }),
);

const realFetch = globalThis.fetch;
globalThis.fetch = async (url, init) => {
  const found = twins.find(({ baseURL }) => String(url).startsWith(`${baseURL}/`));
  if (!found) throw new Error(`${String(url)} belongs to no provider of the examples.`);
  return realFetch(found.twin.url + String(url).slice(found.baseURL.length), init);
};

await import(`./${example}.ts`);
await Promise.all(twins.map(({ twin }) => twin.close()));
