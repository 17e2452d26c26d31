import type { Bench } from "./bench.ts";
import type { Findings } from "./findings.ts";

/** After this many correct blames, the words are believed without a test. */
const proven = 5;

/** More than the number of values of any part. */
const mostRounds = 8;

/** Words about one value prove nothing about another value. */
const aboutValues =
  /\b(?:must be|should be|between|at most|at least|greater|less|value|range|default|maximum|minimum)\b|[<>]=/i;

/** One value was refused. Are the others? If no requests are left, the answer is unknown. */
export async function askOtherValues(bench: Bench, known: Findings): Promise<void> {
  await askTogether(bench, known);
  const waiting = [...known.refusedValue].sort(
    ([a, { next }], [b, other]) => bench.values(a) - next - (bench.values(b) - other.next),
  );
  for (const [name, { answer: refused, next }] of waiting) {
    let index = next;
    while (index < bench.values(name)) {
      const answer = bench.hasRoom() ? await bench.askValue(name, index) : undefined;
      if (answer?.outcome === "accepted") known.part(name, refused, answer, index);
      if (answer?.outcome !== "refused") break;
      index++;
    }
    if (index === bench.values(name)) known.refused.set(name, refused);
  }
}

/** If the words name all parts, the next values of all are tried at once. Unnamed parts are tried alone. */
async function askTogether(bench: Bench, known: Findings): Promise<void> {
  const namesAll = (known.first?.named.length ?? 0) > 1 && known.isBelieved;
  for (let round = 0; namesAll && round < mostRounds; round++) {
    const waiting = [...known.refusedValue].filter(
      ([name, { next }]) => next < bench.values(name) && bench.need(name) === undefined,
    );
    if (waiting.length < 2 || !bench.hasRoom()) return;
    for (const [name, { next }] of waiting) bench.use(name, next);
    const names = waiting.map(([name]) => name);
    const answer = await bench.ask(names);
    for (const name of names) bench.use(name, 0);
    if (answer.outcome !== "refused") return;
    const named = bench.named(answer, names);
    for (const [name, { answer: first, next }] of waiting)
      if (named.includes(name)) known.refusedValue.set(name, { answer: first, next: next + 1 });
    if (named.length < names.length) return;
  }
}

/** Words that were always right are believed for parts that could not be tried, without requests left or without what they need. */
export async function believeWords(bench: Bench, known: Findings): Promise<void> {
  if (known.wrong > 0) return;
  for (const [name, answer] of known.blamed) {
    const need = bench.need(name);
    const isNeedRefused = need !== undefined && (known.refused.has(need) || known.refusedValue.has(need));
    if (known.isKnown(name) || aboutValues.test(answer.words) || known.right < (isNeedRefused ? 2 : proven)) continue;
    if (await isNamedEachTime(bench, name, need)) known.refused.set(name, answer);
  }
}

/** Is a part also named with each of its other values, beside what it needs? A part without a need has no other value. */
async function isNamedEachTime(bench: Bench, name: string, need: string | undefined): Promise<boolean> {
  for (let index = 1; index < bench.values(name); index++) {
    if (need === undefined || !bench.hasRoom()) return false;
    const answer = await bench.askValue(name, index);
    if (answer?.outcome !== "refused" || !bench.named(answer, [name, need]).includes(name)) return false;
  }
  return true;
}
