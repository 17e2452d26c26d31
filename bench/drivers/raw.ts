// The lower bound: fetch, a hand-written split at line feeds, JSON.parse. It handles no error, timeout or oddity of the wire.
import type { Driver, Task } from "../driver.ts";
import { addDelta, createSink, type Sink } from "../sink.ts";
import { wireBody } from "../wire-body.ts";

const post = (task: Task, stream: boolean): Promise<Response> =>
  fetch(`${task.baseURL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${task.apiKey}` },
    body: JSON.stringify(wireBody(task, stream)),
  });

export const driver: Driver = {
  async stream(task) {
    const sink = createSink();
    const response = await post(task, true);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    await read(response, sink);
    return sink;
  },
  async chat(task) {
    const response = await post(task, false);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return { text: (await response.json()).choices[0].message.content };
  },
};

async function read(response: Response, sink: Sink): Promise<void> {
  const decoder = new TextDecoder();
  const reader = response.body!.getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    let text = decoder.decode(value, { stream: true });
    if (rest) text = rest + text;
    let from = 0;
    for (;;) {
      const end = text.indexOf("\n", from);
      if (end < 0) break;
      if (text.startsWith("data: ", from)) {
        const data = text.slice(from + 6, end);
        if (data !== "[DONE]") addDelta(sink, JSON.parse(data).choices[0]?.delta);
      }
      from = end + 1;
    }
    rest = from < text.length ? text.slice(from) : "";
  }
}
