import type { Json } from "@llm-provider/core";
import { specOf } from "../parameter-specs.ts";
import { bodyWith } from "../search/parameter-bench.ts";
import type { Numbered } from "../session.ts";
import { namedFields } from "../words/named-fields.ts";
import { type Context, verdictOf } from "./context.ts";

/**
 * Sends values of wrong types. A parameter that is refused is known; one that is accepted with two wrong types, while
 * others are refused for theirs, is ignored.
 */
export async function checkTypes(context: Context): Promise<void> {
  const { report } = context;
  // These were accepted together with correct values, so a refusal now is about a type.
  const names = context.together.filter((name) => report.parameters[name]?.verdict === "accepted");
  const first = await without(context, names, 0);
  if (first.refusals.length === 0) return context.tell(names.length === 0 ? "nothing to ask" : "wrong types are taken");
  report.refusals.wrongTypes = first.refusals[0]!.answer.status;
  if (report.refusals.names === "unknown") report.refusals.names = first.names;
  if (first.taken === undefined || first.taken.length === 0) return context.tell("wrong types are refused");
  const typed = new Set(first.refusals.flatMap(({ named }) => named));
  const scalars = [...typed].filter((name) => kindOf(name) !== "object").slice(0, enough);
  if (scalars.length < enough) return context.tell("some wrong types are refused; too few for more conclusions");
  for (const name of scalars) {
    if (!context.session.has(1)) return;
    const alone = await context.session.ask(bodyWith(context.base, [name], { [name]: specOf.get(name)!.wrong[0]! }));
    if (alone.outcome !== "refused") return;
  }
  // Some endpoints check numbers but not texts: only parameters of the same kind are evidence.
  const kinds = new Set([...typed].map(kindOf));
  const second = await without(context, first.taken, 1);
  const ignored = (second.taken ?? []).filter((name) => kinds.has(kindOf(name)));
  for (const name of ignored) {
    const verdict = verdictOf(context, name);
    verdict.verdict = "ignored";
    verdict.evidence = [first.last!.number, second.last!.number];
  }
  context.tell(`wrong types are refused, but not of ${ignored.length} parameters`);
}

/** This many simple values must have been refused for their type before an accepted one counts as ignored. */
const enough = 2;

function kindOf(name: string): "text" | "number" | "object" {
  const [usual] = specOf.get(name)!.values;
  return typeof usual === "string" ? "text" : typeof usual === "object" ? "object" : "number";
}

interface Round {
  /** The parameters that were accepted with a wrong type in one request; undefined if no request was accepted. */
  readonly taken: readonly string[] | undefined;
  readonly last: Numbered | undefined;
  readonly refusals: readonly { readonly answer: Numbered; readonly named: readonly string[] }[];
  readonly names: "all" | "first" | "none" | "unknown";
}

/** All wrong at once, then without the named ones, until the rest is accepted. */
async function without({ session, base }: Context, names: readonly string[], index: number): Promise<Round> {
  const refusals: { answer: Numbered; named: string[] }[] = [];
  let rest = [...names];
  const naming = (): Round["names"] => {
    const [one, two] = refusals;
    if (!one || (one.named.length < 2 && !two)) return "unknown";
    return one.named.length > 1 ? "all" : one.named.length === 1 ? "first" : "none";
  };
  while (rest.length > 0 && session.has(1)) {
    const values = Object.fromEntries(
      rest.map((name): [string, Json] => [name, specOf.get(name)!.wrong[index] ?? specOf.get(name)!.wrong[0]!]),
    );
    const answer = await session.ask(bodyWith(base, rest, values));
    if (answer.outcome === "accepted") return { taken: rest, last: answer, refusals, names: naming() };
    if (answer.outcome !== "refused") break;
    const named = namedFields(answer.words, answer.body, rest);
    refusals.push({ answer, named });
    if (named.length === 0) break;
    rest = rest.filter((name) => !named.includes(name));
  }
  return { taken: rest.length === 0 ? [] : undefined, last: undefined, refusals, names: naming() };
}
