import { paint } from "@llm-provider/testing/command";
import { greatestCost, type OnStep, steps } from "../steps/plan.ts";
import { mostAccepted } from "../session.ts";

/** The planned requests. */
export interface Plan {
  readonly baseURL: string;
  readonly keyEnv: string | undefined;
  readonly model: string | undefined;
  readonly maxRequests: number;
  /** Lines about requests beside the steps. */
  readonly more: readonly string[];
  /** US dollars per million tokens, if they are known. */
  readonly price?: { readonly input: number; readonly output: number } | undefined;
}

/** The text before the first request: host, variable, one line per step, and the highest cost. */
export function describePlan(plan: Plan, place: { readonly isTerminal: boolean }): string {
  const { bold, dim } = paint(place);
  const { baseURL, keyEnv, model, maxRequests, more, price } = plan;
  const accepted = Math.min(mostAccepted, maxRequests);
  const { input, output } = greatestCost(accepted);
  const dollars =
    price === undefined ? "" : `, or $${((input * price.input + output * price.output) / 1_000_000).toFixed(4)}`;
  const key = keyEnv === undefined ? "without a key" : `with the key in ${keyEnv}`;
  return [
    `${bold("Asks")} ${new URL(baseURL).host}, ${key}, model ${model ?? "the first listed that answers"}`,
    `  ${dim("0")} The list of models`,
    ...steps.map(({ title }, index) => `  ${dim(String(index + 1))} ${title}`),
    ...more.map((line) => `  ${dim("+")} ${line}`),
    `${bold("At most")} ${maxRequests} requests, ${accepted} of them answered: ${input} tokens in and ${output} out${dollars}.`,
    "",
  ].join("\n");
}

/** One line per step: its title at once, and its result after it. */
export function liveLines(write: (text: string) => void, place: { readonly isTerminal: boolean }): OnStep {
  const { dim, bold } = paint(place);
  let open = -1;
  return (step, learnt) => {
    if (open !== step) {
      const title = steps[step]?.title ?? "Other families";
      write(`${open >= 0 ? "\n" : ""}${dim(String(step + 1))} ${bold(title.padEnd(24))}`);
      open = step;
    }
    if (learnt === undefined) return;
    write(`${learnt}\n`);
    open = -1;
  };
}
