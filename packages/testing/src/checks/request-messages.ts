import { readPath, type ChatRequest, type JsonObject, type Message, type MessageRules } from "@llm-provider/core";
import type { Check } from "../kit/check.ts";
import { same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { send } from "../kit/send.ts";
import { pickModel } from "../scenario/pick-model.ts";

type Turn = JsonObject & { readonly role: string };

const picture = "data:image/png;base64,iVBORw0KGgo=";
const call = (id: string): object => ({
  id,
  type: "function",
  function: { name: "get_weather", arguments: '{"city":"Paris"}' },
});

/** What becomes of the messages of a request. */
export const requestMessages: readonly Check[] = [
  {
    id: "R8",
    level: "MUST",
    by: "requests",
    title: "what the caller gave is not changed",
    async run(kit) {
      const request = kit.request({
        messages: [
          { role: "system", content: "One." },
          {
            role: "user",
            content: [
              { type: "text", text: "Two" },
              { type: "text", text: " three" },
            ],
          },
          { role: "assistant", content: "", reasoning: "why", provider: "elsewhere", tool_calls: [call("call_1")] },
          { role: "tool", tool_call_id: "call_1", content: "18" },
        ],
        temperature: 99,
        seed: 1,
        stop: ["x"],
      });
      const before = structuredClone(request);
      await send(kit, request);
      same(request, before);
      await send(kit, deepFreeze(request));
    },
  },
  {
    id: "R13",
    level: "MUST",
    by: "requests",
    title: "every message arrives, in its order, with its role and all of its text",
    async run(kit) {
      const messages: Message[] = [
        { role: "system", content: "S1" },
        { role: "user", content: "U1" },
        { role: "assistant", content: "A1" },
        {
          role: "user",
          content: [
            { type: "text", text: "U2" },
            { type: "text", text: "U3" },
          ],
        },
        { role: "assistant", content: "A2" },
        { role: "user", content: "U4 – ünï 👋🏽" },
      ];
      const turns = await arrivingTurns(kit, kit.request({ messages }));
      const expected = messages.map(({ role, content }) => [roleOf(kit, role), textOf(content)]);
      same(
        turns.map((turn) => [turn.role, textOf(turn["content"])]),
        expected,
      );
    },
  },
  {
    id: "R14",
    level: "MUST",
    by: "requests",
    title: "pictures arrive beside the text, as address or as data",
    applies: (definition) => pickModel(definition, "images") !== undefined,
    async run(kit) {
      for (const url of kit.definition.dialect.name === "openai" ? ["https://acme.test/cat.png", picture] : [picture]) {
        const content = [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url } },
        ];
        const [turn] = await arrivingTurns(
          kit,
          kit.request({ model: pickModel(kit.definition, "images"), messages: [{ role: "user", content }] }),
        );
        same(textOf(turn?.["content"]), "What is this?", { at: url });
        truth(JSON.stringify(turn).includes(url), `the address or data ${url}`, turn);
      }
    },
  },
  {
    id: "R15",
    level: "MUST",
    by: "requests",
    title: "each message rule of the definition is kept on the wire",
    applies: ({ messages }) => messages !== undefined,
    async run(kit) {
      const rules = kit.definition.messages!;
      for (const proof of [fields, nulls, joinedText, ids, bridge, trailing, empty, developer]) await proof(kit, rules);
    },
  },
  {
    id: "R24",
    level: "MUST",
    by: "requests",
    title:
      "a turn that is appended from `result.message` arrives whole: its text, its calls with their ids, and its reasoning in the endpoint's form",
    async run(kit) {
      const settings = kit.definition.dialect as { settings?: { history?: string } };
      const toolCalls = [
        { id: kit.wire.name === "openai" ? idFor(kit) : "call_0", name: "get_weather", arguments: '{"city":"Paris"}' },
      ];
      for (const [at, calls] of [
        ["a turn with a tool call", toolCalls],
        ["a turn without", []],
      ] as const) {
        const answer = kit.answer({
          text: calls.length > 0 ? "" : "Sunny.",
          reasoning: "Look it up.",
          toolCalls: calls,
        });
        const { result } = await sendAnswered(kit, answer);
        const results = result.toolCalls.map(({ id }) => ({ role: "tool", tool_call_id: id, content: "18 degrees" }));
        const messages = [
          { role: "user", content: "Weather?" },
          result.message,
          ...(results.length > 0 ? results : [{ role: "user", content: "Thanks." }]),
        ];
        const turns = await arrivingTurns(kit, kit.request({ messages }));
        const turn = turns.find(({ role }) => role === "assistant");
        same(textOf(turn?.["content"]), calls.length > 0 ? "" : "Sunny.", { at: `${at}, text` });
        same(readPath(turn, "tool_calls.0.function.name"), calls[0]?.name, { at: `${at}, name` });
        same(readPath(turn, "tool_calls.0.function.arguments"), calls[0]?.arguments, { at: `${at}, arguments` });
        if (calls.length > 0)
          same(turns.find(({ role }) => role === "tool")?.["tool_call_id"], readPath(turn, "tool_calls.0.id"), {
            at: `${at}, id of call and result`,
          });
        const { history } = settings.settings ?? {};
        if (history === undefined) continue;
        const isDue =
          history === "optional" || history === "verbatim" || (history === "required-with-tools" && calls.length > 0);
        const isForbidden = history === "omit";
        const found = JSON.stringify(turn).includes("Look it up.");
        const fact = { path: "dialect.settings.history", value: history };
        if (isDue || isForbidden)
          same(found ? "reasoning" : "no reasoning", isDue ? "reasoning" : "no reasoning", { at, fact });
      }
    },
  },
  {
    id: "R25",
    level: "MUST",
    by: "requests",
    title: "who wrote a message is not sent, and another provider's reasoning blocks are not either",
    async run(kit) {
      const details = [{ type: "reasoning.encrypted", data: "sealed-elsewhere" }];
      const foreign = { role: "assistant", content: "A1", provider: "elsewhere", reasoning_details: details };
      const turns = await arrivingTurns(
        kit,
        kit.request({ messages: [{ role: "user", content: "U1" }, foreign, { role: "user", content: "U2" }] }),
      );
      truth(!JSON.stringify(turns).includes("elsewhere"), "neither `provider` nor the blocks", turns);
    },
  },
];

async function sendAnswered(kit: Kit, answer: ReturnType<Kit["answer"]>): ReturnType<typeof send> {
  return send({ ...kit, answer: () => answer }, kit.request());
}

async function arrivingTurns(kit: Kit, request: ChatRequest): Promise<Turn[]> {
  const { asked } = await send(kit, request);
  return asked.messages as unknown as Turn[];
}

/** An id that the endpoint itself would give. */
function idFor({ definition }: Kit): string {
  return definition.messages?.toolCallId ? "abcDEF123".padEnd(9, "0") : "call_abc-123";
}

function roleOf({ definition }: Kit, role: string): string {
  const rule = definition.messages?.system;
  const isDeveloper =
    typeof rule === "object" ? definition.smallModel.search(rule.developer) >= 0 : rule === "developer";
  return role === "system" && isDeveloper ? "developer" : role;
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return Array.isArray(content)
    ? content.map((part: JsonObject) => (part["type"] === "text" ? String(part["text"]) : "")).join("")
    : "";
}

type Proof = (kit: Kit, rules: MessageRules) => Promise<void>;
const user = { role: "user", content: "U1" };

function factOf(
  rules: MessageRules,
  name: keyof MessageRules,
): { path: string; value: unknown; source: MessageRules["source"] } {
  return { path: `messages.${name}`, value: rules[name], source: rules.source };
}

const fields: Proof = async (kit, rules) => {
  for (const [role, allowed] of Object.entries(rules.fields ?? {})) {
    const base = role === "tool" ? { role, tool_call_id: "abcDEF123", content: "18" } : { role, content: "text" };
    const before = role === "tool" ? [user, { role: "assistant", content: "", tool_calls: [call("abcDEF123")] }] : [];
    const { asked, result } = await send(
      kit,
      kit.request({ messages: [...before, { ...base, x_extra: "1" }, ...(role === "user" ? [] : [user])] }),
    );
    const about = { at: `x_extra on ${role}`, fact: factOf(rules, "fields") };
    const known = new Set(["role", ...allowed]);
    const turns = asked.messages as unknown as Turn[];
    same(
      turns
        .filter((turn) => turn.role === role)
        .flatMap((turn) => Object.keys(turn).filter((field) => !known.has(field))),
      [],
      about,
    );
    truth(
      result.changes.some(({ parameter, action }) => parameter === "messages[].x_extra" && action === "dropped"),
      "a change for messages[].x_extra",
      result.changes,
      about,
    );
  }
};

const nulls: Proof = async (kit, rules) => {
  if (rules.nulls !== "stripped") return;
  const messages = [
    { ...user, name: null },
    { role: "assistant", content: "A1", function_call: null, tool_calls: null },
    user,
  ];
  const turns = await arrivingTurns(kit, kit.request({ messages }));
  same(
    turns.flatMap((turn) => Object.keys(turn).filter((field) => turn[field] === null)),
    [],
    { at: "null fields", fact: factOf(rules, "nulls") },
  );
};

const joinedText: Proof = async (kit, rules) => {
  if (rules.content !== "text") return;
  const content = [
    { type: "text", text: "one " },
    { type: "text", text: "two" },
  ];
  const [turn] = await arrivingTurns(kit, kit.request({ messages: [{ role: "user", content }] }));
  same(turn?.["content"], "one two", { at: "two parts of text", fact: factOf(rules, "content") });
};

const ids: Proof = async (kit, rules) => {
  const { toolCallId: pattern } = rules;
  if (!pattern) return;
  const given = ["call_abc-1", "call_abc-2"];
  const history = [
    user,
    { role: "assistant", content: "", tool_calls: given.map(call) },
    ...given.map((id) => ({ role: "tool", tool_call_id: id, content: id })),
  ];
  const read = async (): Promise<unknown[][]> => {
    const turns = await arrivingTurns(kit, kit.request({ messages: history }));
    const calls = turns.flatMap((turn) => (Array.isArray(turn["tool_calls"]) ? turn["tool_calls"] : []));
    return [
      calls.map((one) => readPath(one, "id")),
      turns.filter(({ role }) => role === "tool").map((turn) => turn["tool_call_id"]),
    ];
  };
  const [calls, answers] = await read();
  const about = { at: "ids of another provider", fact: factOf(rules, "toolCallId") };
  truth(
    calls?.length === 2 && calls.every((id) => String(id).search(pattern) >= 0),
    `two ids that match ${pattern}`,
    calls,
    about,
  );
  same([calls![0] === calls![1], calls], [false, answers], { ...about, at: "ids of the calls and of their results" });
  same(await read(), [calls, answers], { ...about, at: "the same ids a second time" });
};

const bridge: Proof = async (kit, rules) => {
  if (rules.afterTool === undefined) return;
  const messages = [
    user,
    { role: "assistant", content: "", tool_calls: [call("abcDEF123")] },
    { role: "tool", tool_call_id: "abcDEF123", content: "18" },
    user,
  ];
  const turns = await arrivingTurns(kit, kit.request({ messages }));
  const bridged = turns.slice(turns.findIndex(({ role }) => role === "tool") + 1);
  same(
    bridged.map((turn) => [turn.role, textOf(turn["content"])]),
    [
      ["assistant", rules.afterTool],
      ["user", "U1"],
    ],
    { at: "user after tool", fact: factOf(rules, "afterTool") },
  );
};

const trailing: Proof = async (kit, rules) => {
  const wanted = Object.entries(rules.trailingAssistant ?? {});
  const turns = await arrivingTurns(kit, kit.request({ messages: [user, { role: "assistant", content: "It is" }] }));
  for (const [field, value] of wanted)
    same(turns.at(-1)?.[field], value, {
      at: `${field} of a last assistant`,
      fact: factOf(rules, "trailingAssistant"),
    });
};

const empty: Proof = async (kit, rules) => {
  if (rules.emptyAssistant !== "removed") return;
  const turns = await arrivingTurns(kit, kit.request({ messages: [user, { role: "assistant", content: "" }, user] }));
  same(
    turns.map(({ role }) => role),
    ["user", "user"],
    { at: "an empty assistant", fact: factOf(rules, "emptyAssistant") },
  );
};

const developer: Proof = async (kit, rules) => {
  const { system } = rules;
  if (system === undefined) return;
  for (const model of Object.keys(kit.definition.models)) {
    const isDeveloper = typeof system === "object" ? model.search(system.developer) >= 0 : system === "developer";
    const [turn] = await arrivingTurns(
      kit,
      kit.request({ model, messages: [{ role: "system", content: "S1" }, user] }),
    );
    same(turn?.role, isDeveloper ? "developer" : "system", { at: model, fact: factOf(rules, "system") });
  }
};

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
