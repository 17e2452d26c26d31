// Runs agent.ts without a key or a network. Twins play Groq and SerpApi; the agent does not notice. The twin of Groq has no
// model: it asks for one search, and then repeats the beginning of the results.
import { groq } from "@llm-provider/groq";
import { serpapi } from "@llm-provider/serpapi";
import { startSerpapiTwin } from "@llm-provider/serpapi/twin";
import { startTwin } from "@llm-provider/testing";

const key = "no-key-is-needed-offline";
process.env["GROQ_API_KEY"] = key;
process.env["SERPAPI_API_KEY"] = key;

const query = process.argv.slice(2).join(" ") || "Go 1.0 release date";
const search = { id: "call_1", name: serpapi.definition.name, arguments: JSON.stringify({ query }) };
const model = await startTwin(groq.definition, {
  apiKey: key,
  scenarios: [{ when: ({ messages }) => messages.at(-1)?.role === "user", answer: { toolCalls: [search], text: "" } }],
});
const web = await startSerpapiTwin({ apiKey: key });

const realFetch = globalThis.fetch;
globalThis.fetch = async (url, init) => {
  const address = String(url);
  if (address.startsWith("https://serpapi.com/"))
    return realFetch(address.replace("https://serpapi.com", web.url), init);
  if (address.startsWith(`${groq.definition.baseURL}/`))
    return realFetch(address.replace(groq.definition.baseURL, model.url), init);
  throw new Error(`${new URL(address).origin} is not part of this example.`);
};

await import("./agent.ts");
await Promise.all([model.close(), web.close()]);
