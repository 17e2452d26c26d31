import type { Path } from "../../config/config-path.ts";
import { groupedEndpoint } from "../../librechat-names.ts";
import { asRecord } from "../as-record.ts";
import type { Finding, Rule, Subject } from "../rule.ts";

type Values = { readonly [key: string]: unknown };

export const azureGroup: Rule = {
  id: "azure-group",
  severity: "error",
  why: "LibreChat checks Azure's groups once more after its schema, and does not start when one is incomplete (read in librechat-data-provider 0.8.524, azure.ts; https://github.com/danny-avila/LibreChat/issues/3810).",
  *check({ config, file }) {
    const path: Path = ["endpoints", groupedEndpoint];
    const azure = asRecord(asRecord(config["endpoints"])[groupedEndpoint]);
    const { groups } = azure;
    if (!Array.isArray(groups)) return;
    const line = (place: Path): number => file.keyPosition(place).line;
    const names = new Map<string, Path>();
    const models = new Map<string, Path>();
    let hasAssistants = false;
    for (const [index, item] of groups.entries()) {
      const group = asRecord(item);
      const place = [...path, "groups", index];
      hasAssistants ||= group["assistants"] === true && Object.keys(asRecord(group["models"])).length > 0;
      if (typeof group["group"] === "string") {
        const first = names.get(group["group"]);
        if (first)
          yield {
            at: { value: [...place, "group"] },
            message: `There is another Azure group "${group["group"]}" on line ${line(first)}.`,
            fix: "Give one of them another name.",
          };
        else names.set(group["group"], place);
      }
      yield* checkGroup(group, place);
      for (const [model, details] of Object.entries(asRecord(group["models"]))) {
        const at = { key: [...place, "models", model] };
        const first = models.get(model);
        if (first)
          yield {
            at,
            message: `The model \`${model}\` is in another Azure group too, on line ${line(first)}.`,
            fix: "Keep it in one group, or rename one: the name is free, `deploymentName` has Azure's name.",
          };
        else models.set(model, at.key);
        yield* checkModel(group, model, details, at);
      }
    }
    if (azure["assistants"] !== true || hasAssistants || models.size === 0) return;
    yield {
      at: { key: [...path, "assistants"] },
      message: "`assistants` is on for Azure, but no group has it.",
      fix: "Add `assistants: true` to a group, or delete it here.",
    };
  },
};

function* checkGroup(group: Values, place: Path): Generator<Finding> {
  const { serverless, instanceName, baseURL } = group;
  const label = `The Azure group "${String(group["group"] ?? place.at(-1))}"`;
  if (serverless === true && !baseURL)
    yield { at: { key: place }, message: `${label} is serverless and has no \`baseURL\`.`, fix: "Add `baseURL`." };
  if (serverless !== true && !instanceName)
    yield {
      at: { key: place },
      message: `${label} has no \`instanceName\`.`,
      fix: "Add `instanceName`: NAME of https://NAME.openai.azure.com.",
    };
}

function* checkModel(group: Values, model: string, details: unknown, at: Finding["at"]): Generator<Finding> {
  if (group["serverless"] === true) return;
  const own = asRecord(details);
  const missing = ["deploymentName", "version"].filter((key) => !own[key] && !group[key]);
  if (missing.length === 0) return;
  const keys = missing.map((key) => `\`${key}\``).join(" and ");
  yield {
    at,
    message: `The Azure model \`${model}\` has no ${missing.map((key) => `\`${key}\``).join(" and no ")}, and its group has none either.`,
    fix: `Add ${keys} to the model or to its group: ${missing.map((key) => meanings[key]).join("; ")}.`,
  };
}

const meanings: { readonly [key: string]: string } = {
  deploymentName: "the name that the deployment has in Azure",
  version: 'Azure\'s `api-version`, such as "2024-10-21"',
};

/** Values of an Azure group in which LibreChat replaces variables when it starts. */
export function isAzureStart({ config }: Pick<Subject, "config">, path: Path): boolean {
  if (path[0] !== "endpoints" || path[1] !== groupedEndpoint || path[2] !== "groups") return false;
  const isServerless =
    asRecord((asRecord(asRecord(config["endpoints"])[groupedEndpoint])["groups"] as unknown[])[Number(path[3])])[
      "serverless"
    ] === true;
  const keys = isServerless ? ["apiKey"] : ["apiKey", "instanceName", "deploymentName", "version"];
  return keys.includes(String(path.at(-1)));
}
