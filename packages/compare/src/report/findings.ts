import { dollars, duration } from "@llm-provider/testing/command";
import type { ModelResult, Results } from "../results/results.ts";
import { compareModels, type Difference } from "../statistics/compare-models.ts";
import { interval, percent } from "./percent.ts";
import { shortNames } from "./short-names.ts";

/** The findings of a comparison in sentences, the most important one first. */
export function findings(results: Results): string[] {
  const named = withShortNames(results);
  const models = byPassRate(named.models);
  const differences = differencesOf(named);
  return [
    ...describePassRates(models, differences),
    ...describePrices(models, differences),
    ...describeSpeed(models),
    ...describeErrors(models),
    ...describeMissing(results),
  ];
}

/** Full model names make sentences hard to read. The tables have them. */
function withShortNames(results: Results): Results {
  const names = shortNames(results.models.map(({ model }) => model));
  const rename = <Item extends { readonly model: string }>(item: Item): Item => ({
    ...item,
    model: names.get(item.model) ?? item.model,
  });
  return { ...results, models: results.models.map(rename), runs: results.runs.map(rename) };
}

/** The best first; models without an answer last. */
export function byPassRate(models: readonly ModelResult[]): ModelResult[] {
  return models.toSorted((a, b) => (b.passRate?.value ?? -1) - (a.passRate?.value ?? -1));
}

/** Differences between the models that answered at least once. */
export function differencesOf({ runs, models }: Results): Difference[] {
  const answered = byPassRate(models).filter(({ passRate }) => passRate);
  return compareModels(
    runs,
    answered.map(({ model }) => model),
  );
}

function describePassRates(models: readonly ModelResult[], differences: readonly Difference[]): string[] {
  const [best, ...others] = models.filter(({ passRate }) => passRate);
  if (!best?.passRate) return ["No model answered: every run ended with an error."];
  const rate = `${percent(best.passRate.value)} of its answers (${interval(best.passRate)})`;
  if (others.length === 0) return [`${best.model} passes ${rate}.`];
  const [beaten, equal] = split(others, ({ model }) => isBetter(differences, best.model, model));
  if (beaten.length === 0) return [describeEqual(best, others, differences)];
  if (equal.length === 0)
    return [
      `${best.model} passes most: ${rate}, more than ${others.length > 3 ? `each of the ${others.length} others` : and(beaten)}.`,
    ];
  return [`${best.model} passes ${rate}, more than ${and(beaten)}. No difference is shown to ${and(equal)}.`];
}

function describeEqual(best: ModelResult, others: readonly ModelResult[], differences: readonly Difference[]): string {
  const last = others.at(-1)!;
  const [high, low] = [percent(best.passRate!.value), percent(last.passRate!.value)];
  if (high === low)
    return `No difference shown: ${others.length === 1 ? "both" : "all"} models pass ${high} of their answers.`;
  const tasks = Math.max(...differences.map((difference) => difference.tasks));
  const apart = `${best.model} with ${high} and ${last.model} with ${low} apart`;
  return `No difference shown: ${tasks} ${tasks === 1 ? "task does" : "tasks do"} not tell ${apart}. More tasks would narrow the intervals.`;
}

/** Which model is worth its price: among the models that no other is shown to beat, the one with the lowest cost per solved task. */
function describePrices(models: readonly ModelResult[], differences: readonly Difference[]): string[] {
  const isUnbeaten = ({ model }: ModelResult): boolean =>
    !differences.some(
      ({ first, second, better }) => better && better !== model && (first === model || second === model),
    );
  // A model that mostly ended with errors has too few answers to compare, so no other model is shown to beat it.
  const hasAnswered = ({ runs, passed, failed, refused }: ModelResult): boolean => passed + failed + refused > runs / 2;
  const unbeaten = models.filter((model) => model.passed > 0 && hasAnswered(model) && isUnbeaten(model));
  const priced = unbeaten.filter(({ costPerSolved }) => costPerSolved !== undefined);
  const [cheapest, ...dearer] = priced.toSorted((a, b) => a.costPerSolved! - b.costPerSolved!);
  const unknown = models.filter(({ passRate, cost }) => passRate && cost === undefined);
  return [
    ...(cheapest ? [`${describePrice(cheapest, unbeaten.length)}${describeDearest(cheapest, dearer.at(-1))}.`] : []),
    ...(unknown.length > 0
      ? [`The price of ${unknown.length > 3 ? `${unknown.length} models` : and(unknown)} is unknown.`]
      : []),
  ];
}

function describePrice({ model, costPerSolved, costIsAtMost }: ModelResult, unbeaten: number): string {
  const price = costPerSolved
    ? `${costIsAtMost ? "at most " : ""}${dollars(costPerSolved)} for each solved task`
    : "nothing";
  return unbeaten > 1
    ? `Of the ${unbeaten} models that no other is shown to beat, ${model} costs least: ${price}`
    : `${model}, which no other is shown to beat, costs ${price}`;
}

function describeDearest(cheapest: ModelResult, dearest: ModelResult | undefined): string {
  const times = dearest && cheapest.costPerSolved ? dearest.costPerSolved! / cheapest.costPerSolved : 0;
  if (!dearest || times < 1.1) return "";
  const bound = cheapest.costIsAtMost === dearest.costIsAtMost ? "" : cheapest.costIsAtMost ? "at least " : "up to ";
  return `; ${dearest.model} costs ${bound}${times < 10 ? times.toFixed(1) : Math.round(times)} times as much`;
}

/** States the medians without ranking: no statistical test compares the times. */
function describeSpeed(models: readonly ModelResult[]): string[] {
  const [fastest, ...slower] = models.filter(({ total }) => total).sort((a, b) => a.total!.p50 - b.total!.p50);
  if (!fastest || slower.length === 0) return [];
  const [shortest, longest] = [fastest, slower.at(-1)!].map(({ model, total }) => `${duration(total!.p50)} (${model})`);
  return [`The median answer takes ${shortest} to ${longest}.`];
}

function describeErrors(models: readonly ModelResult[]): string[] {
  return models.flatMap(({ model, errors, runs }) => {
    const codes = Object.entries(errors);
    const count = codes.reduce((sum, [, one]) => sum + one, 0);
    if (count === 0) return [];
    const list = codes.map(([code, one]) => (codes.length === 1 ? code : `${one} ${code}`)).join(", ");
    return [
      `${count} of ${runs} runs of ${model} ended with an error (${list}). Errors are not part of its pass rate.`,
    ];
  });
}

function describeMissing({ stopped }: Results): string[] {
  if (!stopped) return [];
  const runs = `${stopped.missing} planned ${stopped.missing === 1 ? "run is" : "runs are"} missing`;
  return [`The comparison was stopped ${stopped.by === "budget" ? "by its budget" : "by hand"}: ${runs}.`];
}

function isBetter(differences: readonly Difference[], better: string, than: string): boolean {
  return differences.some((one) => one.better === better && (one.first === than || one.second === than));
}

function split<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

/** Lists up to three names. With more it gives only their number, since the tables list them. */
function and(models: readonly ModelResult[]): string {
  const names = models.map(({ model }) => model);
  if (names.length > 3) return `${names.length} others`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
