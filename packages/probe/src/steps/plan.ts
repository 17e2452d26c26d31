import { usualCap } from "./plain-chat.ts";

/** One step of a probe, for the plan and for the progress line. */
export interface Step {
  readonly title: string;
  /** The most requests of this step that are answered with a completion. */
  readonly accepted: number;
}

/** The steps in order. */
export const steps: readonly Step[] = [
  { title: "A plain chat", accepted: 1 },
  { title: "All parameters at once", accepted: 13 },
  { title: "A stream, a tool call", accepted: 3 },
  { title: "A long conversation", accepted: 4 },
  { title: "JSON by a schema", accepted: 1 },
  { title: "Values out of bounds", accepted: 2 },
  { title: "Values of a wrong type", accepted: 3 },
];

/** Progress reports while a probe runs. */
export type OnStep = (step: number, learnt?: string) => void;

/** The most tokens that a probe costs: every accepted request with its prompt and its limit. */
export function greatestCost(accepted: number): { readonly input: number; readonly output: number } {
  // A conversation with a tool is the longest prompt; an answer may come twice.
  return { input: accepted * 340, output: accepted * 2 * usualCap };
}
