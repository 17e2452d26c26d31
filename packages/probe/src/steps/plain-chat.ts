import type { JsonObject } from "@llm-provider/core";
import { answerFacts } from "../answer-facts.ts";
import type { Base } from "../search/parameter-bench.ts";
import type { Numbered, Session } from "../session.ts";
import { readBounds, speaksOfLimit } from "../words/read-bounds.ts";

/** The words come back, so that a stop sequence shows; they name JSON, without which some endpoints refuse JSON mode. */
export const plainPrompt = "Repeat as plain text, not as JSON: one two three four five six seven";

/** Tokens of output: fewer are refused by some, and cut the thinking of others. */
export const usualCap = 16;
const largestCap = 1024;
const capNames = ["max_tokens", "max_completion_tokens"] as const;

/** A model that answers, and under which name it takes a limit of tokens. */
export interface Plain {
  readonly base: Base;
  readonly answer: Numbered;
  /** Limits that were refused on the way. */
  readonly refused: ReadonlyMap<string, Numbered>;
}

/** Asks a model for a short answer: with a limit under one name, the other, or none; whole, else as a stream. */
export async function plainChat(session: Session, model: string): Promise<Plain | Numbered> {
  const messages = [{ role: "user", content: plainPrompt }];
  let last: Numbered | undefined;
  for (const mode of [{}, { stream: true }]) {
    const body: JsonObject = { model, messages, ...mode };
    const refused = new Map<string, Numbered>();
    for (const name of capNames) {
      const { answer, cap } = await askWithCap(session, body, name);
      last = answer;
      if (answer.outcome === "accepted") return { base: { body, capName: name, cap }, answer, refused };
      if (answer.outcome === "unclear") return answer;
      refused.set(name, answer);
      if (/\bstream(s|ed|ing)?\b/i.test(answer.words)) break;
    }
    if (!/\bstream(s|ed|ing)?\b/i.test(last!.words)) {
      last = await session.ask(body);
      if (last.outcome === "accepted")
        return { base: { body, capName: undefined, cap: usualCap }, answer: last, refused };
      if (last.outcome === "unclear") return last;
    }
  }
  return last!;
}

/** A refusal that states a larger minimum is asked again with that. */
async function askWithCap(
  session: Session,
  body: JsonObject,
  name: string,
): Promise<{ answer: Numbered; cap: number }> {
  const answer = await session.ask({ ...body, [name]: usualCap });
  const least = answer.outcome === "refused" && speaksOfLimit(answer.words) ? readBounds(answer.words)?.min : undefined;
  if (least === undefined || least <= usualCap || least > largestCap) return { answer, cap: usualCap };
  return { answer: await session.ask({ ...body, [name]: least }), cap: least };
}

/** Is the answer one of a model that chats? */
export function isPlain(plain: Plain | Numbered): plain is Plain {
  return "base" in plain;
}

export function textOf(plain: Plain): string {
  return answerFacts(plain.answer).text;
}
