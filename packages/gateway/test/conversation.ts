import type { Definition } from "@llm-provider/core";
import { modelInfo } from "@llm-provider/core/internal";
import { chunksOf } from "./gateway.ts";
import { factories } from "./twins.ts";

/** One model of one provider, and its name in a conversation. */
export interface Place {
  readonly name: string;
  readonly definition: Definition;
  readonly model: string;
}

/** Models that call tools: for each provider one without reasoning, and one with reasoning if it has any. */
export const places: readonly Place[] = factories.flatMap(({ definition }) =>
  [true, false].flatMap((isReasoning) => {
    const model = Object.keys(definition.models).find((id) => {
      const { features = [], retired } = modelInfo(definition, id) ?? {};
      return features.includes("tools") && features.includes("reasoning") === isReasoning && !retired;
    });
    return model === undefined ? [] : [{ name: `${definition.id}${isReasoning ? "" : " plain"}`, definition, model }];
  }),
);

const tools = ["get_weather", "get_time"].map((name) => ({
  type: "function",
  function: { name, parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] } },
}));

/** A client's side of a conversation. */
export interface Client {
  /** Sends a request for a model. */
  readonly send: (model: string, body: object) => Promise<Response>;
  /** If true, messages are sent back with every field; otherwise only text and tool calls, as LibreChat does. */
  readonly isFaithful: boolean;
  readonly isStreaming: boolean;
}

type Turn = { role: string; tool_calls?: { id: string }[]; [field: string]: unknown };

/** A client's conversation with several models and two tools. */
export class Conversation {
  readonly #client: Client;
  readonly messages: Turn[] = [{ role: "system", content: "Be brief." }];

  constructor(client: Client) {
    this.#client = client;
  }

  say(content: string): this {
    this.messages.push({ role: "user", content });
    return this;
  }

  /** Lets a model continue, and answers its tool calls. Returns their number. */
  async continue({ name, model }: Place): Promise<number> {
    const { send, isStreaming } = this.#client;
    const response = await send(name, { model, messages: this.messages, tools, ...(isStreaming && { stream: true }) });
    if (response.status !== 200) throw new Error(`${name}: ${response.status} ${await response.text()}`);
    const message = this.#read(isStreaming ? await join(response) : await whole(response));
    const { tool_calls: calls = [] } = message;
    this.messages.push(message);
    for (const { id } of calls) this.messages.push({ role: "tool", tool_call_id: id, content: `12, says ${id}` });
    return calls.length;
  }

  #read(message: Turn): Turn {
    if (this.#client.isFaithful) return message;
    const { role, content, tool_calls: calls } = message;
    const bare = calls?.map((call) => ({ id: call.id, type: "function", function: call["function" as never] }));
    return { role, content, ...(bare && { tool_calls: bare }) };
  }
}

/** Tool calls and their results with one model, a switch to the other model, and a switch back. */
export async function converse(client: Client, a: Place, b: Place): Promise<{ counts: number[]; text: string }> {
  const conversation = new Conversation(client);
  const counts = [
    await conversation.say(`Use get_weather for Oslo and Rome. (${a.name}, then ${b.name})`).continue(a),
    await conversation.continue(b),
    await conversation.say("And get_time for Paris?").continue(b),
    await conversation.continue(a),
    await conversation.say("Thank you.").continue(a),
  ];
  return { counts, text: JSON.stringify(conversation.messages) };
}

async function whole(response: Response): Promise<Turn> {
  const { choices } = (await response.json()) as { choices: { message: Turn }[] };
  return choices[0]!.message;
}

/** Joins the deltas of a stream into a message with all their fields. */
async function join(response: Response): Promise<Turn> {
  const { chunks, isDone } = await chunksOf(response);
  if (!isDone) throw new Error(`The stream did not end: ${JSON.stringify(chunks.at(-1))}`);
  const message: Turn = { role: "assistant", content: null };
  const calls: { id: string; function: { name: string; arguments: string } }[] = [];
  for (const { choices } of chunks) {
    const { role: _, tool_calls: pieces = [], reasoning_details: details = [], ...texts } = choices[0]?.delta ?? {};
    for (const [field, text] of Object.entries(texts))
      if (typeof text === "string" && text !== "") message[field] = `${(message[field] as string | null) ?? ""}${text}`;
    if (details.length > 0)
      message["reasoning_details"] = [...((message["reasoning_details"] as unknown[]) ?? []), ...details];
    for (const { index, function: piece, ...fields } of pieces) {
      const call = (calls[index] ??= { id: "", function: { name: "", arguments: "" } });
      Object.assign(call, fields);
      call.function.name += piece?.name ?? "";
      call.function.arguments += piece?.arguments ?? "";
    }
  }
  return calls.length > 0 ? { ...message, tool_calls: calls } : message;
}
