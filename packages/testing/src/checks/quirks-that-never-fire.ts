import { isDeepStrictEqual } from "node:util";
import type { Definition, Json, Quirk, WireContext } from "@llm-provider/core";
import type { Cassettes } from "../cassette/cassette-folder.ts";
import type { Interaction } from "../cassette/cassette.ts";
import { readPayloads } from "../cassette/recorded-response.ts";
import { fillExample } from "../twin/refusal.ts";

/** The quirks without effect on any recording. An error quirk may show itself on a documented example instead. */
export function quirksThatNeverFire(
  definition: Definition,
  { byScenario }: Cassettes,
): { quirk: Quirk; path: string }[] {
  const interactions = [...byScenario.values()].flatMap((cassette) => cassette.interactions);
  const examples = (definition.errors ?? []).flatMap(
    (rule) => fillExample(rule, { parameter: "parameter", value: "value" }) ?? [],
  );
  return (definition.quirks ?? []).flatMap((quirk, index) => {
    const fires =
      interactions.some((one) => firesOn(quirk, one)) ||
      examples.some((body) => changes(quirk.error, body, contextOf(400)));
    return fires ? [] : [{ quirk, path: `quirks.${index}` }];
  });
}

function firesOn(quirk: Quirk, interaction: Interaction): boolean {
  const { status, asked } = interaction;
  if (asked !== undefined && quirk.request && !isDeepStrictEqual(quirk.request(asked), asked)) return true;
  return readPayloads(interaction).objects.some((json) =>
    status >= 400
      ? changes(quirk.error, json, contextOf(status))
      : changes(quirk.chunk as Quirk["error"], json, contextOf(status)) ||
        changes(quirk.error, json, contextOf(status)),
  );
}

function changes(
  apply: ((json: never, context: WireContext) => Json) | undefined,
  json: Json,
  context: WireContext,
): boolean {
  return apply !== undefined && !isDeepStrictEqual(apply(json as never, context), json);
}

function contextOf(status: number): WireContext {
  return { model: "", status, headers: {} };
}
