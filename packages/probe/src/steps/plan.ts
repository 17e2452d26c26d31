import { usualCap } from "./plain-chat.ts";

/** One step of a probe, for a plan and for a line while it runs. */
export interface Step {
  readonly title: string;
  /** Requests of it that are answered with a completion, at most. */
  readonly accepted: number;
}

/** The steps in their order. */
export const steps: readonly Step[] = [
  { title: "A plain chat", accepted: 1 },
  { title: "All parameters at once", accepted: 13 },
  { title: "A stream, a tool call", accepted: 3 },
  { title: "A long conversation", accepted: 4 },
  { title: "JSON by a schema", accepted: 1 },
  { title: "Values out of bounds", accepted: 2 },
  { title: "Values of a wrong type", accepted: 3 },
];

/** What is told while a probe runs. */
export type OnStep = (step: number, learnt?: string) => void;

/** Tokens that a probe costs at most: every accepted request with its prompt and its limit. */
export function greatestCost(accepted: number): { readonly input: number; readonly output: number } {
  // A conversation with a tool is the longest prompt of all; an answer may come twice.
  return { input: accepted * 340, output: accepted * 2 * usualCap };
}
