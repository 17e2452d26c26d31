import type { Message } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { arrivedMessages, send, textOf, type Turn } from "../kit/send.ts";
import { pickModel } from "../scenario/capabilities.ts";
import { weatherCall } from "../scenario/scenarios.ts";
import { messageRuleProofs } from "./message-rule-proofs.ts";

const picture = "data:image/png;base64,iVBORw0KGgo=";

/** The messages of a request on the wire. */
export const requestMessages: readonly Check[] = [
  {
    name: "leaves-arguments-unchanged",
    by: "requests",
    title: "the objects that the caller passed in are not changed",
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
          {
            role: "assistant",
            content: "",
            reasoning: "why",
            provider: "elsewhere",
            tool_calls: [weatherCall("call_1")],
          },
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
    name: "sends-every-message",
    by: "requests",
    title: "every message arrives in order, with its role and all of its text",
    async run(kit) {
      const hasName = kit.definition.messages?.fields?.["user"]?.includes("name") ?? true;
      const long = "A long text, word by word. ".repeat(4000);
      const many = Array.from({ length: 30 }, (_, index): Message[] => [
        { role: "user", content: `U${index}` },
        { role: "assistant", content: `A${index}` },
      ]).flat();
      const messages: Message[] = [
        { role: "system", content: "S1" },
        ...many,
        {
          role: "user",
          content: [
            { type: "text", text: "P1" },
            { type: "text", text: "P2", cache_control: { type: "ephemeral" } },
          ],
        },
        ...(kit.definition.messages?.alternate ? [{ role: "assistant" as const, content: "A" }] : []),
        { role: "user", content: "  Again, and spaces at both ends \n" },
        { role: "assistant", content: 'With a "quote", a \\ and a \t.' },
        { role: "user", content: `ünï 👋🏽 ${long}`, ...(hasName && { name: "ada" }) },
      ];
      const turns = await arrivedMessages(kit, kit.request({ messages }));
      const expected = messages.map(({ role, content }) => [roleOf(kit, role), textOf(content)]);
      same(
        turns.map((turn) => [turn.role, textOf(turn["content"])]),
        expected,
      );
      if (!kit.definition.dialect.settings) return;
      if (hasName) same(turns.at(-1)?.["name"], "ada", { at: "the name of a user" });
      const parts = turns.find((turn) => textOf(turn["content"]) === "P1P2")?.["content"];
      if (Array.isArray(parts))
        same(readPath(parts, "1.cache_control"), { type: "ephemeral" }, { at: "fields of a part" });
    },
  },
  {
    name: "sends-images",
    by: "requests",
    title: "images arrive beside the text, as a URL or as data",
    applies: (definition) => pickModel(definition, "images") !== undefined,
    async run(kit) {
      for (const url of kit.definition.dialect.settings ? ["https://acme.test/cat.png", picture] : [picture]) {
        const content = [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url, detail: "low" } },
        ];
        const [turn] = await arrivedMessages(
          kit,
          kit.request({ model: pickModel(kit.definition, "images"), messages: [{ role: "user", content }] }),
        );
        same(textOf(turn?.["content"]), "What is this?", { at: url });
        if (kit.definition.dialect.settings)
          truth(JSON.stringify(turn).includes('"detail":"low"'), "the requested detail", turn, { at: url });
        truth(JSON.stringify(turn).includes(url), `the address or data ${url}`, turn);
      }
    },
  },
  {
    name: "follows-message-rules",
    by: "requests",
    title: "each message rule of the definition is applied",
    applies: ({ messages }) => messages !== undefined,
    async run(kit) {
      const rules = kit.definition.messages!;
      for (const proof of messageRuleProofs) await proof(kit, rules);
    },
  },
  {
    name: "sends-back-assistant-turns",
    by: "requests",
    title:
      "a turn appended from `result.message` arrives complete: its text, its calls with their ids, and its reasoning in the endpoint's form",
    async run(kit) {
      const settings = kit.definition.dialect as { settings?: { history?: string } };
      const toolCalls = [
        {
          id: kit.definition.dialect.settings ? idFor(kit) : "call_0",
          name: "get_weather",
          arguments: '{"city":"Paris"}',
        },
      ];
      for (const [at, calls] of [
        ["a turn with a tool call", toolCalls],
        ["a turn without", []],
      ] as const) {
        const answer = kit.answer({
          text: "Let me see.",
          reasoning: "Look it up.",
          reasoningDetails: [
            { type: "reasoning.text", text: "Look it up.", signature: "c2lnbmVk", format: "unknown", index: 0 },
          ],
          toolCalls: calls,
        });
        const { result } = await sendAnswered(kit, answer);
        const results = result.toolCalls.map(({ id }) => ({ role: "tool", tool_call_id: id, content: "18 degrees" }));
        const messages = [
          { role: "user", content: "Weather?" },
          result.message,
          ...(results.length > 0 ? results : [{ role: "user", content: "Thanks." }]),
        ];
        const turns = await arrivedMessages(kit, kit.request({ messages }));
        const turn = turns.find(({ role }) => role === "assistant");
        same(textOf(turn?.["content"]), "Let me see.", { at: `${at}, text` });
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
        const { reasoning: form } = kit.definition.dialect.settings ?? {};
        if (isDue && form === "details" && calls.length > 0)
          same(turn?.["reasoning_details"], answer.reasoningDetails, { at: `${at}, reasoning_details`, fact });
        if (isDue || isForbidden)
          same(found ? "reasoning" : "no reasoning", isDue ? "reasoning" : "no reasoning", { at, fact });
      }
      if (settings.settings?.history !== "required-with-tools") return;
      const lost = { role: "assistant", content: "", tool_calls: [weatherCall(idFor(kit))] };
      const answered = { role: "tool", tool_call_id: idFor(kit), content: "18 degrees" };
      const { asked, result } = await send(
        kit,
        kit.request({
          messages: [{ role: "user", content: "Weather?" }, lost, answered, { role: "user", content: "Thanks." }],
        }),
      );
      const field = kit.definition.dialect.settings!.reasoning;
      const turn = (asked.messages as unknown as Turn[]).find(({ role }) => role === "assistant");
      const about = {
        at: "a turn that lost its reasoning",
        fact: { path: "dialect.settings.history", value: "required-with-tools" },
      };
      truth(typeof turn?.[field] === "string" && turn[field] !== "", `a ${field} that is not empty`, turn, about);
      truth(
        result.changes.some(({ parameter }) => parameter.startsWith("messages[]")),
        "a change that says so",
        result.changes,
        about,
      );
    },
  },
  {
    name: "omits-the-author-of-messages",
    by: "requests",
    title: "neither a message's `provider` nor another provider's reasoning blocks are sent",
    async run(kit) {
      const details = [{ type: "reasoning.encrypted", data: "sealed-elsewhere" }];
      const foreign = { role: "assistant", content: "A1", provider: "elsewhere", reasoning_details: details };
      const turns = await arrivedMessages(
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

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
