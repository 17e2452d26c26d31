import type { Json } from "@llm-provider/core";
import { jsonSchemaFormat, specOf } from "../parameter-specs.ts";
import { bodyWith } from "../search/parameter-bench.ts";
import type { Numbered } from "../session.ts";
import { namedFields } from "../words/named-fields.ts";
import { readBounds, readValues } from "../words/read-bounds.ts";
import type { Context } from "./context.ts";
import { isJsonText } from "./parameters.ts";

/** JSON by a schema: accepted, refused, or accepted without effect? */
export async function checkSchema({ session, base, report, tell }: Context): Promise<void> {
  const { parameters, structuredOutput } = report;
  if (parameters["response_format"]?.verdict === "rejected") {
    structuredOutput.json_schema = "rejected";
    return;
  }
  if (!session.has(1)) return;
  const answer = await session.ask(bodyWith(base, ["response_format"], { response_format: jsonSchemaFormat }));
  if (answer.outcome === "refused") {
    structuredOutput.json_schema = "rejected";
    const verdict = parameters["response_format"];
    if (verdict?.verdict === "accepted")
      Object.assign(verdict, {
        status: answer.status,
        words: answer.words,
        values: { ...verdict.values, json_schema: "rejected" },
        evidence: [...verdict.evidence, answer.number],
      });
  }
  if (answer.outcome === "accepted")
    structuredOutput.json_schema = isJsonText(answer) === false ? "ignored" : "accepted";
  tell(`json_object ${structuredOutput.json_object}, json_schema ${structuredOutput.json_schema}`);
}

/** Values beyond every documented range: the refusals state bounds and lists. */
export async function checkBounds(context: Context): Promise<void> {
  const { report } = context;
  const high: { [name: string]: Json } = {};
  const low: { [name: string]: Json } = {};
  for (const name of context.together) {
    const { beyond, odd } = specOf.get(name) ?? {};
    if (report.parameters[name]?.verdict !== "accepted") continue;
    if (beyond) high[name] = beyond[1];
    if (beyond?.[0] !== undefined) low[name] = beyond[0];
    if (odd !== undefined) high[name] = odd;
  }
  await readRefusals(context, high, "max");
  const open = Object.entries(low).filter(([name]) => {
    const range = report.parameters[name]?.range;
    return range !== undefined && range[0] === null;
  });
  await readRefusals(context, Object.fromEntries(open), "min");
  const ranges = Object.values(report.parameters).filter(({ range }) => range !== undefined).length;
  context.tell(`${ranges} ranges stated`);
}

/** Efforts that some models have and others refuse, each tried alone, if no refusal listed them. */
const otherEfforts = ["none", "minimal"];

export async function checkEfforts({ session, base, report }: Context): Promise<void> {
  const verdict = report.parameters["reasoning_effort"];
  if (verdict?.verdict !== "accepted") return;
  for (const effort of otherEfforts) {
    if (verdict.values?.[effort] !== undefined || !session.has(1)) continue;
    const answer = await session.ask(bodyWith(base, ["reasoning_effort"], { reasoning_effort: effort }));
    if (answer.outcome !== "accepted" && answer.outcome !== "refused") continue;
    const isRefused = answer.outcome === "refused";
    verdict.values = { ...verdict.values, [effort]: isRefused ? "rejected" : "accepted" };
    verdict.evidence.push(answer.number);
    if (isRefused) Object.assign(verdict, { status: answer.status, words: answer.words });
  }
}

async function readRefusals(
  { session, base, report, together }: Context,
  values: { readonly [name: string]: Json },
  end: "min" | "max",
): Promise<void> {
  let rest = Object.keys(values);
  while (rest.length > 0 && session.has(2)) {
    const answer = await session.ask(bodyWith(base, rest, values));
    if (answer.outcome === "accepted") return rest.forEach((name) => clamp(report.parameters[name]!, answer));
    if (answer.outcome !== "refused") return;
    const named = namedFields(answer.words, answer.body, rest);
    if (named.length === 0) return;
    for (const name of named) {
      const own = named.length === 1 ? answer.words : partAbout(answer.words, name, together);
      const verdict = report.parameters[name]!;
      const bounds = readBounds(own);
      if (typeof values[name] === "number" && bounds && isSensible(name, bounds)) {
        const [min, max] = verdict.range ?? [null, null];
        verdict.range = [bounds.min ?? min, bounds.max ?? (end === "max" ? null : max)];
        verdict.evidence.push(answer.number);
      }
      const list = typeof values[name] === "string" ? readValues(own).filter((value) => value !== values[name]) : [];
      if (list.length > 0) {
        verdict.values = Object.fromEntries(list.map((value) => [value, "accepted" as const]));
        verdict.evidence.push(answer.number);
      }
    }
    rest = rest.filter((name) => !named.includes(name));
  }
}

/** Values beyond bounds that the endpoint stated elsewhere, but accepted. */
function clamp(verdict: Context["report"]["parameters"][string], { number }: Numbered): void {
  if (verdict.range === undefined || verdict.verdict !== "accepted") return;
  verdict.verdict = "clamped";
  verdict.evidence.push(number);
}

/** If an accepted value is outside the bounds, they belong to another parameter. */
function isSensible(name: string, { min, max }: { readonly min?: number; readonly max?: number }): boolean {
  const usual = specOf.get(name)!.values[0] as number;
  return (min === undefined || usual >= min) && (max === undefined || usual <= max);
}

/** The words from this parameter's name to the next one's, in words about several parameters. */
function partAbout(words: string, name: string, names: readonly string[]): string {
  const at = words.search(new RegExp(`(?<![\\w-])${name}(?![\\w-])`));
  if (at < 0) return "";
  const rest = words.slice(at + name.length);
  const ends = names
    .filter((other) => other !== name)
    .map((other) => rest.search(new RegExp(`(?<![\\w-])${other}(?![\\w-])`)))
    .filter((end) => end >= 0);
  return rest.slice(0, Math.min(rest.length, ...ends));
}
