import type { JsonObject } from "@llm-provider/core";
import { answerFacts } from "../answer-facts.ts";
import type { Base } from "../search/parameter-bench.ts";
import type { Numbered, Session } from "../session.ts";
import { readBounds, speaksOfLimit } from "../words/read-bounds.ts";

/** The model repeats the words, so that a stop sequence shows. They mention JSON, without which some endpoints refuse JSON mode. */
export const plainPrompt = "Repeat as plain text, not as JSON: one two three four five six seven";

/** Output tokens: some endpoints refuse fewer, and fewer would cut the thinking of others. */
export const usualCap = 16;
const largestCap = 1024;
const capNames = ["max_tokens", "max_completion_tokens"] as const;

/** A model that answers, and its name for the token limit. */
export interface Plain {
  readonly base: Base;
  readonly answer: Numbered;
  /** Names of limits that were refused before. */
  readonly refused: ReadonlyMap<string, Numbered>;
}

/** Requests a short answer from a model: with a limit under either name or without one; whole, else as a stream. */
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

/** After a refusal that states a larger minimum, the request is repeated with it. */
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

/** Is the answer a chat model's? */
export function isPlain(plain: Plain | Numbered): plain is Plain {
  return "base" in plain;
}

export function textOf(plain: Plain): string {
  return answerFacts(plain.answer).text;
}
