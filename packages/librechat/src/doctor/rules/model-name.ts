import { type Definition } from "@llm-provider/core";
import { closestName, modelInfo, sourceOf } from "@llm-provider/core/internal";
import { offeredModels } from "../../endpoint/offered-models.ts";
import { asRecord } from "../as-record.ts";
import type { Path } from "../../config/config-path.ts";
import type { Finding, Rule, Subject } from "../rule.ts";

export const modelName: Rule = {
  id: "model-name",
  severity: "warning",
  why: "Providers withdraw models; the id stays in the menu and answers 404, and a dead title model leaves every conversation called New Chat.",
  *check(subject) {
    for (const { path, value, definition, models } of subject.endpoints) {
      const { titleModel } = value;
      if (definition || typeof titleModel !== "string" || models.includes(titleModel)) continue;
      const near = titleModel === "current_model" ? undefined : closestName(titleModel, [...models, "current_model"]);
      if (near)
        yield {
          at: { value: [...path, "titleModel"] },
          message: `\`titleModel\` names \`${titleModel}\`, which the endpoint does not offer.`,
          fix: `Did you mean \`${near}\`?`,
        };
    }
    for (const [path, model, definition] of modelPlaces(subject)) {
      const finding = describe(path, model, definition);
      if (finding) yield finding;
    }
  },
};

/** Every place that names a model of a known provider. */
function* modelPlaces({ config, endpoints }: Subject): Generator<[path: Path, model: string, definition: Definition]> {
  for (const { path, value, definition, models } of endpoints) {
    if (!definition) continue;
    for (const [index, model] of models.entries())
      if (model) yield [[...path, "models", "default", index], model, definition];
    const { titleModel } = value;
    if (typeof titleModel === "string" && titleModel !== "current_model" && titleModel !== "")
      yield [[...path, "titleModel"], titleModel, definition];
  }
  const list = asRecord(config["modelSpecs"])["list"];
  if (!Array.isArray(list)) return;
  for (const [index, spec] of list.entries()) {
    const { endpoint, model } = asRecord(asRecord(spec)["preset"]);
    const definition = endpoints.find(({ name }) => name === endpoint)?.definition;
    if (definition && typeof model === "string" && model)
      yield [["modelSpecs", "list", index, "preset", "model"], model, definition];
  }
}

function describe(path: Path, model: string, definition: Definition): Finding | undefined {
  const { name, models } = definition;
  const at = { value: path };
  const known = modelInfo(definition, model);
  if (known?.retired) {
    const { url } = sourceOf(definition, known.source);
    return {
      at,
      message: `${name} has withdrawn \`${model}\` (${known.retired.on}).`,
      fix: `Write \`${known.retired.use}\`.`,
      why: `The successor and the day are at ${url}.`,
    };
  }
  if (known || definition.librechat?.fetch) return undefined;
  const ids = Object.keys(models);
  // Moving aliases and users' own accounts are not in any catalogue.
  if (model.endsWith("-latest") && ids.some((one) => one.startsWith(model.replace(/-latest$/, "")))) return undefined;
  const isOfAnotherAccount = model.startsWith("accounts/") && !ids.some((id) => id.startsWith(accountOf(model)));
  if (isOfAnotherAccount || model.startsWith("ft:")) return undefined;
  const whole = offeredModels(definition).find((one) => one.endsWith(`/${model}`));
  if (whole !== undefined)
    return {
      at,
      message: `\`${model}\` is sent as written, but ${name} calls that model \`${whole}\`.`,
      fix: `Write \`${whole}\`.`,
      why: "LibreChat does not add to a model's name (measured on the wire).",
    };
  const close = closestName(model, offeredModels(definition)) ?? ids.find((one) => one === model.split("/").at(-1));
  return {
    at,
    message: `\`${model}\` is not a model of ${name} that we know.`,
    fix: close
      ? `Did you mean \`${close}\`?`
      : `Take one of ${examplesOf(definition).join(", ")}, or leave it if ${name} lists it.`,
    why: `Read from ${definition.docs}; an unknown, newer model still works.`,
  };
}

/** The small model first, and each model under one name only. */
function examplesOf(definition: Definition): string[] {
  const ids = offeredModels(definition).filter((id) => definition.models[id]?.aliasOf === undefined);
  return [...new Set([definition.smallModel, ...ids])].slice(0, 4);
}

/** `accounts/name/` of an id such as `accounts/name/models/model`. */
function accountOf(model: string): string {
  return `${model.split("/").slice(0, 2).join("/")}/`;
}
