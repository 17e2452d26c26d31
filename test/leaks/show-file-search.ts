import type { RagEvent } from "../../packages/rag/src/index.ts";
import { createEmbedder, openMemoryStore, startRag } from "../../packages/rag/src/index.ts";
import { signToken, secret } from "../../packages/rag/test/support/sign-token.ts";
import { acme } from "../../packages/core/test/support/acme.ts";

/** The answers and events of the file search while its embedding endpoint echoes the key. */
export async function showFileSearch(form: string, key: string): Promise<readonly unknown[]> {
  let isRefusing = false;
  const provider = acme(
    { embeddings: { maxInputs: 100, source: "docs" } },
    {
      apiKey: key,
      maxRetries: 0,
      fetch: async (_, { body }) => {
        if (isRefusing) return Response.json({ error: { message: `Incorrect API key: ${form}` } }, { status: 401 });
        const { input } = JSON.parse(String(body)) as { input: string[] };
        return Response.json({ model: form, data: input.map((_text, index) => ({ index, embedding: [1, 2] })) });
      },
    },
  );
  const events: RagEvent[] = [];
  const server = await startRag({
    store: openMemoryStore(),
    embedder: createEmbedder({ provider, providerId: "acme", model: "m" }),
    secret,
    port: 0,
    onEvent: (event) => events.push(event),
  });
  const seen: unknown[] = [];
  const ask = async (method: string, path: string, body?: BodyInit): Promise<number> => {
    const headers = { authorization: `Bearer ${signToken("ada")}` };
    const response = await fetch(`${server.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
    seen.push(await response.text(), Object.fromEntries(response.headers));
    return response.status;
  };
  const upload = (text: string): FormData => {
    const data = new FormData();
    data.set("file_id", text);
    data.set("file", new File([text], "notes.txt"));
    return data;
  };
  const question = (query: string): string => JSON.stringify({ file_id: "good", query });
  try {
    const good = [await ask("POST", "/embed", upload("good")), await ask("POST", "/query", question("before"))];
    isRefusing = true;
    const bad = [await ask("POST", "/embed", upload("bad")), await ask("POST", "/query", question("after"))];
    await ask("GET", "/health");
    if (String([...good, ...bad]) !== "200,200,502,502") throw new Error("The file search did not answer as expected.");
    return [...seen, events];
  } finally {
    await server.close();
  }
}
