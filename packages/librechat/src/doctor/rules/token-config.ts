import { type Definition } from "@llm-provider/core";
import { closestName, modelInfo } from "@llm-provider/core/internal";
import type { Path } from "../../config/config-path.ts";
import { asRecord } from "../as-record.ts";
import { assumedWindow, longestPart } from "../assumed-window.ts";
import type { EndpointView } from "../endpoint-view.ts";
import type { Finding, Rule } from "../rule.ts";

export const tokenConfig: Rule = {
  id: "token-config",
  severity: "warning",
  why: "Without `tokenConfig`, LibreChat takes a model's window from its own table, or assumes 32,000 tokens; then it cuts and summarizes conversations too early (https://github.com/danny-avila/LibreChat/issues/12670, https://github.com/danny-avila/LibreChat/issues/14228).",
  *check({ endpoints }) {
    for (const endpoint of endpoints) {
      yield* checkNumbers(endpoint);
      yield* checkNames(endpoint);
      if (endpoint.definition && !isFetched(endpoint)) yield* checkWindows(endpoint, endpoint.definition);
    }
  },
};

/** LibreChat asks OpenRouter itself for windows and prices if the endpoint has that name and no table. */
function isFetched({ name, value, definition }: EndpointView): boolean {
  const known = definition?.librechat;
  return (
    known?.fetchesTokenConfig === true &&
    name?.toLowerCase() === (known.name ?? definition!.name).toLowerCase() &&
    asRecord(value["models"])["fetch"] === true &&
    value["tokenConfig"] === undefined
  );
}

function* checkWindows({ path, value, label, models }: EndpointView, definition: Definition): Generator<Finding> {
  const table = asRecord(value["tokenConfig"]);
  yield* checkRates(table, [...path, "tokenConfig"], definition);
  const small: [model: string, assumed: number, window: number][] = [];
  for (const model of models) {
    const { context: window, retired } = modelInfo(definition, model) ?? {};
    if (window === undefined || retired) continue;
    const key = longestPart(model, Object.keys(table));
    const written = key === undefined ? undefined : asRecord(table[key])["context"];
    // The schema reports a row without a number.
    if (key !== undefined && typeof written !== "number") continue;
    if (typeof written !== "number") {
      const assumed = assumedWindow(model);
      if (assumed < window * 0.9) small.push([model, assumed, window]);
    } else if (written < window * 0.9 || written > window * 1.1) {
      yield {
        at: { value: [...path, "tokenConfig", key!, "context"] },
        message: `\`${model}\` has a window of ${format(window)} tokens, not ${format(written)}.`,
        fix: `Write ${window}.`,
        why:
          written < window
            ? tokenConfig.why
            : "The provider refuses a conversation beyond its window, even if LibreChat thinks that it fits.",
      };
    }
  }
  if (small.length === 0) return;
  const named = small
    .slice(0, 2)
    .map(([model, assumed, window]) => `${format(assumed)} tokens for ${model}, which has ${format(window)}`);
  const rest = small.length > 2 ? `, and too few for ${small.length - 2} more` : "";
  const isAbsent = !Object.hasOwn(value, "tokenConfig");
  yield {
    at: { key: isAbsent ? path : [...path, "tokenConfig"] },
    message: `LibreChat assumes ${named.join("; ")}${rest} (${label}).`,
    fix: `${isAbsent ? "Add `tokenConfig`" : "Complete `tokenConfig`"}: \`llm-provider librechat add ${definition.id} -c librechat.yaml\` does it.`,
  };
}

/** Rates that differ from the catalogue's by a power of ten, which a special contract does not explain. */
function* checkRates(
  table: { readonly [model: string]: unknown },
  path: Path,
  definition: Definition,
): Generator<Finding> {
  for (const [model, rates] of Object.entries(table)) {
    const price = modelInfo(definition, model)?.price;
    if (!price) continue;
    for (const [key, listed] of [
      ["prompt", price.input],
      ["completion", price.output],
    ] as const) {
      const rate = asRecord(rates)[key];
      if (typeof rate !== "number" || rate < 0.0005 || listed <= 0 || (rate > listed / 50 && rate < listed * 50))
        continue;
      yield {
        at: { value: [...path, model, key] },
        message: `\`${key}\` of \`${model}\` is far from what ${definition.name} charges: $${listed} per million tokens.`,
        fix: `Write ${listed}, or your own price per million tokens.`,
        why: "LibreChat bills by these rates, in US dollars per million tokens (read in v0.8.7, endpoints/custom/initialize.ts).",
      };
    }
  }
}

/** Entries for models that the endpoint does not have, because of a typo. */
function* checkNames({ path, value, models }: EndpointView): Generator<Finding> {
  const table = Object.keys(asRecord(value["tokenConfig"]));
  for (const key of table) {
    if (models.some((model) => longestPart(model, [key]) !== undefined)) continue;
    const near = closestName(
      key,
      models.filter((model) => !table.includes(model)),
    );
    if (!near) continue;
    yield {
      at: { key: [...path, "tokenConfig", key] },
      message: `\`tokenConfig\` has \`${key}\`, which is not a model of this endpoint.`,
      fix: `Did you mean \`${near}\`?`,
    };
  }
}

/** Wrong units, which are visible without knowing the provider. */
function* checkNumbers({ path, value }: EndpointView): Generator<Finding> {
  for (const [model, rates] of Object.entries(asRecord(value["tokenConfig"]))) {
    const { context, prompt, completion } = asRecord(rates);
    const at = [...path, "tokenConfig", model];
    if (typeof context === "number" && context > 0 && context < 1024) {
      yield {
        at: { value: [...at, "context"] },
        message: `\`context\` counts tokens; ${context} is hardly enough for a message.`,
        fix: `Write ${context * 1000} if you meant thousands.`,
      };
    }
    for (const [key, rate] of [
      ["prompt", prompt],
      ["completion", completion],
    ] as const) {
      if (typeof rate !== "number" || rate <= 0 || rate >= 0.0005) continue;
      yield {
        at: { value: [...at, key] },
        message: `\`${key}\` is in US dollars per million tokens; ${rate} looks like the price of one token.`,
        fix: `Write ${Number((rate * 1_000_000).toPrecision(6))}.`,
        why: "LibreChat bills by these rates (read in v0.8.7, endpoints/custom/initialize.ts).",
      };
    }
  }
}

function format(tokens: number): string {
  return tokens.toLocaleString("en-US");
}
