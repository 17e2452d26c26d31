import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { weather, type Client, type Endpoint } from "./client.ts";

const run = promisify(execFile);
type Message = { role: string; content: string | null; tool_calls?: Call[]; tool_call_id?: string };
type Call = { id: string; type: "function"; function: { name: string; arguments: string } };

/** curl as an endpoint's documentation shows it, but without `-f`, to see the body of an error. */
async function post({ baseURL, apiKey }: Endpoint, body: object): Promise<string> {
  const headers = ["-H", `authorization: Bearer ${apiKey}`, "-H", "content-type: application/json"];
  const args = ["-sN", "-w", "\n%{http_code}", `${baseURL}/chat/completions`, ...headers, "-d", JSON.stringify(body)];
  const { stdout } = await run("curl", args);
  const [, answer = "", status] = /^([^]*)\n(\d+)$/.exec(stdout) ?? [];
  if (status === "200") return answer;
  throw Object.assign(new Error(JSON.parse(answer).error.message), { status: Number(status) });
}

/** The data of each event. Throws an error object found among them. */
function chunksOf(text: string): { choices: { delta: Partial<Message> }[] }[] {
  const data = [...text.matchAll(/^data: (.*)$/gm)].map(([, one]) => one!);
  const chunks = data.filter((one) => one !== "[DONE]").map((one) => JSON.parse(one));
  const broken = chunks.find(({ error }) => error);
  if (broken) throw new Error(broken.error.message);
  if (data.at(-1) !== "[DONE]") throw new Error("The stream has no end mark.");
  return chunks;
}

export const curlClient: Client = {
  name: "curl",
  async stream(endpoint, model, prompt) {
    const messages = [{ role: "user", content: prompt }];
    const chunks = chunksOf(await post(endpoint, { model, messages, stream: true }));
    return chunks.flatMap(({ choices }) => choices[0]?.delta.content || []);
  },
  async ask(endpoint, model, messages) {
    return JSON.parse(await post(endpoint, { model, messages })).choices[0].message.content;
  },
  async useTool(endpoint, model, prompt) {
    const { name, description, schema: parameters, result } = weather;
    const tools = [{ type: "function", function: { name, description, parameters } }];
    const messages: Message[] = [{ role: "user", content: prompt }];
    const inputs: unknown[] = [];
    for (;;) {
      const { choices } = JSON.parse(await post(endpoint, { model, messages, tools }));
      const message = choices[0].message as Message;
      messages.push(message);
      if (!message.tool_calls) return { text: message.content ?? "", inputs };
      for (const { id, function: called } of message.tool_calls) {
        inputs.push(JSON.parse(called.arguments));
        messages.push({ role: "tool", tool_call_id: id, content: result });
      }
    }
  },
};
