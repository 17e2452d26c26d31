import type { MessageRules } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import { same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { arrivedMessages, send, textOf, type Turn } from "../kit/send.ts";
import { weatherCall } from "../scenario/scenarios.ts";

/** Shows one rule of `definition.messages` on the wire; does nothing if the rule is missing. */
export type Proof = (kit: Kit, rules: MessageRules) => Promise<void>;
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
    const before =
      role === "tool" ? [user, { role: "assistant", content: "", tool_calls: [weatherCall("abcDEF123")] }] : [];
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
  const turns = await arrivedMessages(kit, kit.request({ messages }));
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
  const [turn] = await arrivedMessages(kit, kit.request({ messages: [{ role: "user", content }] }));
  same(turn?.["content"], "one two", { at: "two parts of text", fact: factOf(rules, "content") });
};

const ids: Proof = async (kit, rules) => {
  const { toolCallId: pattern } = rules;
  if (!pattern) return;
  const given = ["call_abc-1", "call_abc-2"];
  const history = [
    user,
    { role: "assistant", content: "", tool_calls: given.map(weatherCall) },
    ...given.map((id) => ({ role: "tool", tool_call_id: id, content: id })),
  ];
  const read = async (): Promise<unknown[][]> => {
    const turns = await arrivedMessages(kit, kit.request({ messages: history }));
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
  const changesFor = async (asked: readonly string[]): Promise<number> => {
    const turns = [user, { role: "assistant", content: "", tool_calls: asked.map(weatherCall) }];
    const results = asked.map((id) => ({ role: "tool", tool_call_id: id, content: id }));
    const { result } = await send(kit, kit.request({ messages: [...turns, ...results] }));
    return result.changes.filter(({ parameter }) => parameter.includes("tool_call")).length;
  };
  const isForeign = given.some((id) => id.search(pattern) < 0);
  const told = [(await changesFor(given)) > 0, (await changesFor(calls as string[])) > 0];
  same(told, [isForeign, false], { ...about, at: "changes reported for foreign ids, and for ids that fit" });
};

const bridge: Proof = async (kit, rules) => {
  if (rules.afterTool === undefined) return;
  const messages = [
    user,
    { role: "assistant", content: "", tool_calls: [weatherCall("abcDEF123")] },
    { role: "tool", tool_call_id: "abcDEF123", content: "18" },
    user,
  ];
  const turns = await arrivedMessages(kit, kit.request({ messages }));
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
  const turns = await arrivedMessages(kit, kit.request({ messages: [user, { role: "assistant", content: "It is" }] }));
  for (const [field, value] of wanted)
    same(turns.at(-1)?.[field], value, {
      at: `${field} of a last assistant`,
      fact: factOf(rules, "trailingAssistant"),
    });
};

const empty: Proof = async (kit, rules) => {
  if (rules.emptyAssistant !== "removed") return;
  const turns = await arrivedMessages(kit, kit.request({ messages: [user, { role: "assistant", content: "" }, user] }));
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
    const [turn] = await arrivedMessages(
      kit,
      kit.request({ model, messages: [{ role: "system", content: "S1" }, user] }),
    );
    same(turn?.role, isDeveloper ? "developer" : "system", { at: model, fact: factOf(rules, "system") });
  }
};

const oneOfARole: Proof = async (kit, rules) => {
  if (!rules.alternate) return;
  const calls = ["abcDEF123", "abcDEF124"];
  const messages = [
    user,
    { role: "user", content: "U2" },
    { role: "assistant", content: "A1" },
    { role: "assistant", content: "A2", tool_calls: calls.map(weatherCall) },
    ...calls.map((id) => ({ role: "tool", tool_call_id: id, content: id })),
  ];
  const turns = await arrivedMessages(kit, kit.request({ messages }));
  same(
    turns.map((turn) => [turn.role, textOf(turn["content"])]),
    [["user", "U1\n\nU2"], ["assistant", "A1\n\nA2"], ...calls.map((id) => ["tool", id])],
    { at: "two messages of a role in a row", fact: factOf(rules, "alternate") },
  );
};

const systemFirst: Proof = async (kit, rules) => {
  if (!rules.oneSystemFirst) return;
  const messages = [
    user,
    { role: "system", content: "S1" },
    { role: "assistant", content: "A1" },
    { role: "system", content: "S2" },
    { role: "user", content: "U2" },
  ];
  const turns = await arrivedMessages(kit, kit.request({ messages }));
  same(
    turns.map((turn) => textOf(turn["content"])),
    ["S1\n\nS2", "U1", "A1", "U2"],
    { at: "system messages in between", fact: factOf(rules, "oneSystemFirst") },
  );
};

const silentCall: Proof = async (kit, rules) => {
  const { toolCallContent } = rules;
  if (toolCallContent === undefined) return;
  const wanted = toolCallContent === "null" ? null : toolCallContent === "empty" ? "" : undefined;
  for (const content of [null, "", undefined]) {
    const turn = { role: "assistant", content, tool_calls: [weatherCall("abcDEF123")] };
    const result = { role: "tool", tool_call_id: "abcDEF123", content: "18" };
    const [, call] = await arrivedMessages(kit, kit.request({ messages: [user, turn, result] }));
    same([call && "content" in call, call?.["content"]], [wanted !== undefined, wanted], {
      at: `a turn that only calls tools, written with the content ${JSON.stringify(content)}`,
      fact: factOf(rules, "toolCallContent"),
    });
  }
};

export const messageRuleProofs: readonly Proof[] = [
  fields,
  nulls,
  joinedText,
  ids,
  bridge,
  trailing,
  empty,
  developer,
  oneOfARole,
  systemFirst,
  silentCall,
];
