import { knownParameters } from "@llm-provider/core/internal";
import { answerFacts } from "../answer-facts.ts";
import { madeUpField, parameterSpecs, specOf } from "../parameter-specs.ts";
import { type ParameterVerdict, unknownVerdict } from "../report.ts";
import { findRefused, type Found } from "../search/find-refused.ts";
import { bodyWith, ParameterBench } from "../search/parameter-bench.ts";
import type { Numbered } from "../session.ts";
import { namedFields } from "../words/named-fields.ts";
import { readBounds, readInstead, readValues, speaksOfLimit } from "../words/read-bounds.ts";
import { type Context, verdictOf } from "./context.ts";
import type { Plain } from "./plain-chat.ts";

/** The numbers of requests for the later steps, and for reading the refusals of the sweep. */
const reserve = { requests: 4, accepted: 7 };
const reserveOfSweep = { requests: 7, accepted: 8 };

/** Tokens that suffice for every endpoint that calls the usual limit too small. */
const ampleCap = 256;

/** The sweep: all parameters at once, and the conclusions from the answers. */
export async function sweepParameters(context: Context, plain: Plain): Promise<void> {
  const { session, base, report } = context;
  const names = [madeUpField, ...parameterSpecs.map(({ name }) => name)];
  const bench = new ParameterBench(session, base, names, reserveOfSweep);
  bench.know(plain.answer, names);
  const found = await findRefused(bench);

  const unknown = found.refused.get(madeUpField);
  if (unknown) report.unknownParameters = { verdict: "rejected", status: unknown.status };
  else if (found.accepted.has(madeUpField)) report.unknownParameters = { verdict: "ignored", status: 0 };

  for (const name of parameterSpecs.map((spec) => spec.name)) {
    const verdict = verdictOf(context, name);
    const partial = found.partial.get(name);
    const refused = found.refused.get(name);
    const accepted = found.accepted.get(name);
    if (accepted) take(verdict, "accepted", accepted);
    else if (partial) readPartial(verdict, name, partial);
    else if (refused) await readRefusal(context, name, refused);
  }
  // It belongs to streams, which come later.
  verdictOf(context, "stream_options");
  context.together = found.together;
  report.conflicts = found.conflicts.map(([a, b]) => [a, b]);
  report.refusals.names = namingOf(found);
  report.errors = [...found.refused]
    .filter(
      ([name]) =>
        name === madeUpField || (verdictOf(context, name).verdict === "rejected" && !report.parameters[name]!.range),
    )
    .slice(0, 3)
    .map(([name, answer]) => errorOf(name, answer));
  await readBehaviour(context, found);
  const refused = Object.entries(report.parameters).flatMap(([name, { verdict }]) =>
    verdict === "rejected" ? name : [],
  );
  const some = refused.length > 3 ? [...refused.slice(0, 3), "…"] : refused;
  const which = some.length > 0 ? `: ${some.join(", ").replace(", …", " …")}` : "";
  context.tell(`${refused.length} of ${parameterSpecs.length} refused${which}`);
}

function take(verdict: ParameterVerdict, as: ParameterVerdict["verdict"], answer: Numbered): void {
  verdict.verdict = as;
  verdict.evidence.push(answer.number);
  if (answer.outcome !== "refused") return;
  verdict.status = answer.status;
  verdict.words = answer.words;
}

export function errorOf(of: string, { status, words, body, number }: Numbered): Context["report"]["errors"][number] {
  return { status, of, words, body: body ?? "", evidence: number };
}

/** One value passes, another does not. */
function readPartial(
  verdict: ParameterVerdict,
  name: string,
  { refused, accepted }: { readonly refused: Numbered; readonly accepted: Numbered },
): void {
  take(verdict, "accepted", accepted);
  verdict.evidence.push(refused.number);
  verdict.words = refused.words;
  verdict.status = refused.status;
  const bounds = readBounds(refused.words);
  if (bounds && typeof refused.sent[name] === "number") verdict.range = [bounds.min ?? null, bounds.max ?? null];
  else verdict.values = { [label(refused, name)]: "rejected", [label(accepted, name)]: "accepted" };
}

/** A value as the key of `values`. */
export function label({ sent }: Pick<Numbered, "sent">, name: string): string {
  const value = sent[name];
  const type = typeof value === "object" && value !== null && "type" in value ? value["type"] : undefined;
  return typeof type === "string" ? type : typeof value === "string" ? value : JSON.stringify(value);
}

/** The parameter was refused alone. Is there another name for it, or a value that passes? */
async function readRefusal(context: Context, name: string, answer: Numbered): Promise<void> {
  const verdict = verdictOf(context, name);
  take(verdict, "rejected", answer);
  const to = await findRename(context, name, answer);
  if (to !== undefined) {
    verdict.verdict = "renamed";
    verdict.to = to.name;
    verdict.evidence.push(to.answer.number);
    return;
  }
  if (await needsAnother(context, name, answer)) return;
  const isLimit = /^max_(completion_)?tokens$/.test(name) && speaksOfLimit(answer.words);
  const value = insideOf(name, answer) ?? (isLimit ? ampleCap : undefined);
  if (value === undefined || !context.session.has(1 + reserve.requests, 1 + reserve.accepted)) return;
  const inside = await context.session.ask(bodyWith(context.base, [name], { [name]: value }));
  if (inside.outcome !== "accepted") return;
  // If every value but the default is refused, the parameter counts as refused.
  if (value === specOf.get(name)!.default) {
    verdict.range = [value as number, value as number];
    verdict.evidence.push(inside.number);
  } else readPartial(Object.assign(verdict, { evidence: [] }), name, { refused: answer, accepted: inside });
}

/** A value that a refusal allows: within its bounds, or on its list. */
function insideOf(name: string, { words, sent }: Numbered): number | string | undefined {
  const spec = specOf.get(name)!;
  const [usual] = spec.values;
  if (typeof usual === "string")
    return readValues(words).find((value) => !spec.values.includes(value) && value !== sent[name]);
  if (typeof usual !== "number") return undefined;
  const bounds = readBounds(words);
  if (!bounds) return undefined;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = bounds;
  const isTried = spec.values.some((value) => (value as number) >= min && (value as number) <= max);
  if (isTried || (name === "n" && min > 4)) return undefined;
  return Number.isFinite(max) ? max : min;
}

/** The words name a parameter to send beside it, and with that it passes. If no requests are left, the answer is unknown. */
async function needsAnother(context: Context, name: string, { words, sent }: Numbered): Promise<boolean> {
  const others = parameterSpecs.filter((spec) => spec.name !== name && sent[spec.name] === undefined);
  const [other, ...more] = namedFields(
    words,
    undefined,
    others.map((spec) => spec.name),
  );
  if (other === undefined || more.length > 0 || readInstead(words) !== undefined) return false;
  const verdict = verdictOf(context, name);
  if (!context.session.has(1 + reserve.requests, 1 + reserve.accepted)) {
    Object.assign(verdict, unknownVerdict(), { words });
    return true;
  }
  const { values } = specOf.get(other)!;
  const value = values.find((one) => typeof one === "string" && new RegExp(`\\b${one}\\b`).test(words)) ?? values[0]!;
  const answer = await context.session.ask(bodyWith(context.base, [name, other], { [other]: value }));
  if (answer.outcome !== "accepted") return false;
  Object.assign(verdict, { verdict: "accepted", status: 0, words: "", evidence: [answer.number] });
  context.report.requires.push({ parameter: name, beside: other, value });
  return true;
}

/** The words give another name, and the same value passes under it. */
async function findRename(
  { session, base, report }: Context,
  name: string,
  { words, sent }: Numbered,
): Promise<{ name: string; answer: Numbered } | undefined> {
  // Beside others, the advice may be about one of them.
  if (parameterSpecs.some((spec) => spec.name !== name && spec.name !== base.capName && sent[spec.name] !== undefined))
    return undefined;
  const to = readInstead(words);
  if (to === undefined || to === name || !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(words)) return undefined;
  if (["model", "messages", "stream"].includes(to)) return undefined;
  if (!session.has(2 + reserve.requests, 1 + reserve.accepted)) return undefined;
  const own = specOf.get(name)!;
  const target = specOf.get(to);
  const value = target?.values[0] ?? own.values[0]!;
  const answer = await session.ask(bodyWith({ ...base, capName: undefined }, [to], { [to]: value }));
  if (answer.outcome !== "accepted") return undefined;
  if (target || knownParameters.includes(to)) return { name: to, answer };
  // An endpoint that overlooks unknown names takes anything, but it checks the type of a known name.
  if (report.unknownParameters.verdict === "rejected") return { name: to, answer };
  const wrong = await session.ask(bodyWith(base, [to], { [to]: own.wrong[0]! }));
  return wrong.outcome === "refused" ? { name: to, answer } : undefined;
}

/** The refused fields that one answer names. */
function namingOf({ first, refused }: Found): "all" | "first" | "none" | "unknown" {
  if (!first || refused.size === 0) return "unknown";
  const right = first.named.filter((name) => refused.has(name));
  if (first.named.length === 0) return "none";
  if (refused.size < 2 || right.length === 0) return "unknown";
  if (right.length === 1) return "first";
  return right.length === refused.size ? "all" : "unknown";
}

/** Accepted parameters without effect, if an answer shows it. */
async function readBehaviour(context: Context, found: Found): Promise<void> {
  const { session, base, report } = context;
  const answerWith = (name: string): Numbered | undefined =>
    found.proof && found.together.includes(name) ? found.proof : found.accepted.get(name);
  const ignore = (name: string, answer: Numbered): void => {
    const verdict = verdictOf(context, name);
    verdict.verdict = "ignored";
    verdict.evidence = [answer.number];
  };
  const many = answerWith("n");
  if (many && many.sent["n"] === 2 && answerFacts(many).choices === 1) ignore("n", many);
  const names = ["logprobs", "response_format"].filter((name) => answerWith(name));
  // An answer with a tool call has no text: without tools there is one.
  const isSilent = names.some((name) => answerFacts(answerWith(name)!).text.trim() === "");
  const apart =
    isSilent && session.has(1 + reserve.requests, 1 + reserve.accepted)
      ? await session.ask(bodyWith(base, names))
      : undefined;
  const answerOf = (name: string): Numbered | undefined =>
    apart?.outcome === "accepted" && names.includes(name) ? apart : answerWith(name);
  const scored = answerOf("logprobs");
  if (scored?.sent["logprobs"] === true) {
    const { hasLogprobs, text } = answerFacts(scored);
    if (!hasLogprobs && text.trim() !== "") ignore("logprobs", scored);
  }
  const formatted = answerOf("response_format");
  if (formatted) {
    const isJson = isJsonText(formatted);
    report.structuredOutput.json_object = isJson === false ? "ignored" : "accepted";
    if (isJson === false) ignore("response_format", formatted);
  } else if (found.refused.has("response_format")) report.structuredOutput.json_object = "rejected";
}

/** Is the text JSON, or the beginning of it? Undefined if there is no text. */
export function isJsonText(answer: Numbered): boolean | undefined {
  const { text, reasoning } = answerFacts(answer);
  if (text.trim() === "" || reasoning === "tags") return undefined;
  return /^\s*(?:```(?:json)?\s*)?[{["]/.test(text) || /^\s*(?:true|false|null|-?\d+)\s*$/.test(text);
}
