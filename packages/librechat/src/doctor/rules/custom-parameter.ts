import { asRecord } from "../as-record.ts";
import type { Path } from "../../config/config-path.ts";
import { parameterFacts, parameterSets } from "../../schema/parameter-sets.ts";
import type { Finding, Rule } from "../rule.ts";
import { suggestKey } from "../suggest-key.ts";

export const customParameter: Rule = {
  id: "custom-parameter",
  severity: "error",
  why: "LibreChat checks `customParams` once more after its schema, and throws when it starts (read in v0.8.7, Config/loadCustomConfig.js; https://github.com/danny-avila/LibreChat/pull/10488).",
  *check({ endpoints }) {
    for (const { path, value, label } of endpoints) {
      const custom = asRecord(value["customParams"]);
      const set = custom["defaultParamsEndpoint"] ?? "custom";
      if (typeof set !== "string") continue;
      if (!Object.hasOwn(parameterSets, set)) {
        const near = suggestKey(set, Object.keys(parameterSets));
        yield {
          at: { value: [...path, "customParams", "defaultParamsEndpoint"] },
          message: `"${String(set)}" is not a set of parameters that LibreChat knows.`,
          fix: near
            ? `Did you mean "${near}"?`
            : `Write one of ${Object.keys(parameterSets).slice(0, 6).join(", ")}, or delete it.`,
        };
        continue;
      }
      const { paramDefinitions } = custom;
      if (!Array.isArray(paramDefinitions)) continue;
      for (const [index, one] of paramDefinitions.entries()) {
        yield* checkParameter(
          asRecord(one),
          [...path, "customParams", "paramDefinitions", index],
          parameterSets[set]!,
          set,
          label,
        );
      }
    }
  },
};

function* checkParameter(
  one: { readonly [key: string]: unknown },
  path: Path,
  keys: readonly string[],
  set: string,
  label: string,
): Generator<Finding> {
  const { key, default: value } = one;
  if (typeof key !== "string") return;
  if (!keys.includes(key)) {
    const near = suggestKey(key, keys);
    yield {
      at: { value: [...path, "key"] },
      message: `\`${key}\` is not a parameter of the set "${set}" that ${label} uses.`,
      fix: near
        ? `Did you mean \`${near}\`?`
        : "LibreChat does not take your own parameters here; for a fixed value use `addParams`.",
    };
    return;
  }
  const facts = parameterFacts[key]!;
  const type = typeof one["type"] === "string" ? one["type"] : facts.type;
  const written = asRecord(one["range"]);
  const range =
    typeof written["min"] === "number" && typeof written["max"] === "number"
      ? ([written["min"], written["max"]] as const)
      : facts.range;
  const options: readonly unknown[] | undefined = Array.isArray(one["options"]) ? one["options"] : facts.options;
  const at = { value: [...path, "default"] };
  if (range && range[0] > range[1])
    yield {
      at: { key: [...path, "range"] },
      message: `The range of \`${key}\` ends before it begins.`,
      fix: "Write min below max.",
    };
  if (value === undefined || value === null) return;
  if (type === "enum" && options && !options.includes(value)) {
    const choices = options.filter((option) => option !== "").map((option) => String(option));
    yield {
      at,
      message: `The default of \`${key}\` is not one of its options.`,
      fix: `Write one of ${choices.join(", ")}.`,
    };
  } else if (type === "number" && (typeof value !== "number" || Number.isNaN(value))) {
    yield { at, message: `The default of \`${key}\` is not a number.`, fix: "Write a number, without quotes." };
  } else if (type === "number" && range && (value as number) < range[0]) {
    yield outOfRange(at, key, range);
  } else if (type === "number" && range && (value as number) > range[1]) {
    yield outOfRange(at, key, range);
  } else if (type === "boolean" && typeof value !== "boolean") {
    yield {
      at,
      message: `The default of \`${key}\` is neither true nor false.`,
      fix: "Write true or false, without quotes.",
    };
  } else if (type === "array" && !Array.isArray(value)) {
    yield { at, message: `The default of \`${key}\` is not a list.`, fix: "Write a list: [text]." };
  } else if (type === "string" && typeof value !== "string") {
    yield { at, message: `The default of \`${key}\` is not a text.`, fix: "Put it in quotes." };
  }
}

function outOfRange(at: { value: Path }, key: string, range: readonly [number, number]): Finding {
  return {
    at,
    message: `The default of \`${key}\` is outside its range.`,
    fix: `Write a number from ${range[0]} to ${range[1]}.`,
  };
}
