import { ProviderError } from "@llm-provider/core";
import { sourceOf } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { type ErrorCase, errorCases, factOf } from "../kit/error-cases.ts";
import { codeOf, plain, type Problem, same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { errorFrom } from "../kit/send.ts";
import { afterErrorQuirks } from "../cassette/recorded-response.ts";

/** The contents of errors. */
export const errorContents: readonly Check[] = [
  {
    name: "maps-errors-to-codes",
    by: "faults",
    title: "every documented refusal and every usual status has its code, for a whole response and for a stream",
    async run(kit) {
      await each(kit, (one, error, fact) => same(codeOf(error), one.code, { at: `${one.at}, chat`, fact }));
      for (const one of errorCases(kit.definition, kit.wire)) {
        const error = await errorFrom(kit, kit.json(one.status, one.body), one.at, "stream");
        same(codeOf(error), one.code, { at: `${one.at}, stream`, fact: factOf(one) });
      }
    },
  },
  {
    name: "throws-complete-errors",
    by: "faults",
    title: "an error is a ProviderError that names provider, model and status, and keeps the endpoint's own body",
    run: (kit) =>
      each(kit, (one, error, fact) => {
        truth(ProviderError.is(error) && error instanceof Error, "a ProviderError", error, { at: one.at, fact });
        const { provider, model, status } = error as ProviderError;
        same(
          { provider, model, status },
          { provider: kit.definition.id, model: kit.definition.smallModel, status: one.status },
          { at: one.at, fact },
        );
        same(
          plain((error as ProviderError).body),
          plain(afterErrorQuirks(kit.definition, one.body, one.status, kit.definition.smallModel)),
          { at: `${one.at}, body`, fact },
        );
      }),
  },
  {
    name: "keeps-the-endpoints-message",
    by: "faults",
    title: "an error's message is the endpoint's own text",
    run: (kit) =>
      each(kit, (one, error, fact) => {
        const body = afterErrorQuirks(kit.definition, one.body, one.status, kit.definition.smallModel);
        const text = kit.definition.dialect.errorText(body).message;
        if (text !== undefined) same((error as Error).message, text, { at: one.at, fact });
      }),
  },
  {
    name: "gives-a-hint",
    by: "faults",
    title: "an error says what a person should do, in the words of the rule and with its page",
    run: (kit) =>
      each(kit, (one, error, fact) => {
        const { hint = "" } = error as ProviderError;
        const { rule } = one;
        // Holes of the rule's text are filled from the body; the words around them must appear.
        const words = rule ? [...rule.hint.split(/\{[\w.]+\}/), sourceOf(kit.definition, rule.source).url] : [];
        for (const part of words) truth(hint.includes(part), `a hint with "${part}"`, hint, { at: one.at, fact });
        truth(hint.length > 10, "a hint", hint, { at: one.at, fact });
      }),
  },
  {
    name: "tells-what-is-retryable",
    by: "faults",
    title: "`retryable` says whether the same request can succeed later",
    run: (kit) =>
      each(kit, (one, error, fact) => {
        const { retryable } = error as ProviderError;
        same(retryable, one.retryable, { at: one.at, fact });
      }),
  },
];

type Run = (one: ErrorCase, error: unknown, fact: Problem["fact"]) => void;

/** The errors of one suite, collected once for several checks. */
const asked = new WeakMap<Kit, Promise<{ one: ErrorCase; error: unknown }[]>>();

async function each(kit: Kit, run: Run): Promise<void> {
  if (!asked.has(kit))
    asked.set(
      kit,
      Promise.all(
        errorCases(kit.definition, kit.wire).map(async (one) => ({
          one,
          error: await errorFrom(kit, kit.json(one.status, one.body), one.at),
        })),
      ),
    );
  for (const { one, error } of await asked.get(kit)!) run(one, error, factOf(one));
}
