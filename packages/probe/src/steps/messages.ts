import type { Json } from "@llm-provider/core";
import { answerFacts, type ReasoningField } from "../answer-facts.ts";
import { findRefused } from "../search/find-refused.ts";
import { MessageBench, type PastReasoning } from "../search/message-bench.ts";
import { type Context, verdictOf } from "./context.ts";
import { besideTools } from "./streaming.ts";

/** Message fields that every endpoint knows, by role. */
const usualFields: { readonly [role: string]: readonly string[] } = {
  system: ["content"],
  user: ["content"],
  assistant: ["content", "tool_calls"],
  tool: ["content", "tool_call_id"],
};

/** The message rule for each refused feature, and how it helps. */
const ruleOf: { readonly [feature: string]: readonly [rule: string, value: Json] } = {
  nulls: ["nulls", "stripped"],
  content: ["content", "text"],
  developer: ["system", "system"],
  oneSystemFirst: ["oneSystemFirst", true],
  alternate: ["alternate", true],
  emptyAssistant: ["emptyAssistant", "removed"],
  toolCallContent: ["toolCallContent", "empty"],
  toolCallId: ["toolCallId", "^[a-zA-Z0-9]{9}$"],
  afterTool: ["afterTool", "Understood."],
};

/** A conversation with every feature that some endpoint refuses; refused features are found as in the sweep. */
export async function checkMessages(context: Context): Promise<void> {
  const { session, report, base } = context;
  const reasoning = pastReasoning(context);
  const canCall = ["accepted", "ignored"].includes(verdictOf(context, "tools").verdict);
  const { hasTools, always } = await tamest(context, canCall, reasoning);
  if (!session.has(2)) return;
  const bench = new MessageBench(session, base, {
    hasTools,
    reasoning: hasTools ? reasoning : undefined,
    always,
    besideTools: besideTools(report),
  });
  const found = await findRefused(bench);
  if (found.refused.size > 0 && found.accepted.size === 0 && !session.answers.some(isOfBench)) {
    const tame = session.has(1) ? await bench.ask([]) : undefined;
    // If the plainest conversation is refused, the others prove no rule.
    if (tame?.outcome !== "accepted") return;
  }
  for (const feature of found.refused.keys()) {
    const rule = ruleOf[feature];
    if (rule) report.messages[rule[0]] = rule[1];
  }
  if (found.refused.has("trailingAssistant") && session.has(1)) await tryPrefix(context, bench);
  if (always.length === 0 && hasTools && reasoning) {
    if (found.refused.has("reasoning")) report.reasoning.history = "omit";
    else if (found.accepted.has("reasoning")) report.reasoning.history = "optional";
  }
  const keeps = ["optional", "required-with-tools"].includes(report.reasoning.history) ? [reasoning!.field] : [];
  const fields = fieldsOf(found.refused, found.accepted, keeps);
  if (fields) report.messages["fields"] = fields;
  const rules = Object.keys(report.messages);
  context.tell(rules.length === 0 ? "every form of messages passes" : `rules: ${rules.join(", ")}`);

  function isOfBench({ sent, outcome }: (typeof session.answers)[number]): boolean {
    return outcome === "accepted" && Array.isArray(sent["messages"]) && sent["messages"].length > 4;
  }
}

/** Is the plainest conversation taken, with a tool's turn, and without the reasoning of that turn? */
async function tamest(
  { session, base, report }: Context,
  canCall: boolean,
  reasoning: PastReasoning | undefined,
): Promise<{ hasTools: boolean; always: readonly string[] }> {
  if (!canCall || !reasoning || !session.has(2)) return { hasTools: canCall, always: [] };
  const bench = new MessageBench(session, base, { hasTools: true, reasoning, besideTools: besideTools(report) });
  const without = await bench.ask([]);
  if (without.outcome !== "refused") return { hasTools: without.outcome === "accepted", always: [] };
  const withIt = await bench.ask(["reasoning"]);
  if (withIt.outcome !== "accepted") return { hasTools: false, always: [] };
  report.reasoning.history = "required-with-tools";
  return { hasTools: true, always: ["reasoning"] };
}

/** The reasoning of an answer in the form in which it would go back. */
function pastReasoning({ session, report }: Context): PastReasoning | undefined {
  const answers = session.answers.filter(({ outcome }) => outcome === "accepted").map(answerFacts);
  const found = answers.find(({ reasoning }) => reasoning !== "none");
  if (!found) return undefined;
  const field: ReasoningField = found.reasoning;
  report.reasoning.field = field;
  const text = found.reasoningText.slice(0, 200) || "The user asks for the weather.";
  if (field === "tags") return undefined;
  if (field === "parts") return { field: "content", value: [{ type: "thinking", thinking: [{ type: "text", text }] }] };
  return { field: field === "details" ? "reasoning" : field, value: text };
}

/** A last assistant turn that is marked as the beginning of the answer. */
async function tryPrefix({ session, report }: Context, bench: MessageBench): Promise<void> {
  const body = bench.body(["trailingAssistant"]);
  const messages = body["messages"] as readonly Json[];
  const last = { ...(messages.at(-1) as object), prefix: true };
  const answer = await session.ask({ ...body, messages: [...messages.slice(0, -1), last] });
  if (answer.outcome === "accepted") report.messages["trailingAssistant"] = { prefix: true };
}

/** The allow-list of fields for each role that refuses one. */
function fieldsOf(
  refused: ReadonlyMap<string, unknown>,
  accepted: ReadonlyMap<string, unknown>,
  reasoning: readonly string[],
): { [role: string]: string[] } | undefined {
  const roles = Object.keys(usualFields).filter(
    (role) => refused.has(`${role}.name`) || (role === "assistant" && refused.has("assistant.extra")),
  );
  if (roles.length === 0) return undefined;
  const fields = Object.fromEntries(
    roles.map((role) => {
      const named = accepted.has(`${role}.name`) ? ["name"] : [];
      const own = role === "assistant" ? [...reasoning, ...(refused.has("trailingAssistant") ? ["prefix"] : [])] : [];
      return [role, [...new Set([...usualFields[role]!, ...named, ...own])]];
    }),
  );
  // It is the newer name of the same role.
  return fields["system"] && accepted.has("developer") ? { ...fields, developer: fields["system"] } : fields;
}
