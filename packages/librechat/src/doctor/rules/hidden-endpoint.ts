import { isForeignProvider } from "../../librechat-names.ts";
import { asRecord } from "../as-record.ts";
import type { Path } from "../../config/config-path.ts";
import type { Finding, Rule } from "../rule.ts";

const needed = ["name", "apiKey", "baseURL", "models"] as const;

export const hiddenEndpoint: Rule = {
  id: "hidden-endpoint",
  severity: "error",
  why: "LibreChat leaves out an endpoint that lacks one of name, apiKey, baseURL and models, or whose value is empty, without a message (https://github.com/danny-avila/LibreChat/issues/5386; read in v0.8.7, endpoints/custom/config.ts).",
  *check({ endpoints }) {
    for (const { path, value, label } of endpoints) {
      for (const key of needed) {
        const written = value[key];
        if (typeof written === "string" ? written.trim() !== "" : written !== undefined && written !== null) continue;
        if (key !== "models" && Object.hasOwn(value, key) && written === null) continue;
        if (key === "models" && written === null) continue;
        yield {
          at: { key: Object.hasOwn(value, key) ? [...path, key] : path },
          message: Object.hasOwn(value, key)
            ? `\`${key}\` of ${label} is empty: LibreChat hides the endpoint.`
            : `${label} has no \`${key}\`: LibreChat hides the endpoint.`,
          fix: key === "apiKey" ? "Add `apiKey`; if no key is needed, any text will do, e.g. none." : `Add \`${key}\`.`,
        };
      }
      if (isForeignProvider(value["provider"]) && asRecord(value["models"])["fetch"] === true) {
        yield {
          at: { key: [...path, "models", "fetch"] },
          severity: "warning",
          message: `\`fetch\` has no effect for ${label}: LibreChat cannot fetch a list from Anthropic's API.`,
          fix: "Write every model into `default`, and `fetch: false`.",
          why: "LibreChat fetches lists in the form of OpenAI's API, which this client does not speak (https://github.com/danny-avila/LibreChat/pull/13748).",
        };
      }
      const { default: models, fetch } = asRecord(value["models"]);
      if (Array.isArray(models)) yield* joinedModels(path, label, models);
      if (Array.isArray(models) && models.some((model) => model === "")) {
        yield {
          at: { key: [...path, "models", "default"] },
          severity: "warning",
          message: `${label} offers a model without a name.`,
          fix:
            fetch === true
              ? "Write one model that the endpoint has; LibreChat uses it when the list cannot be fetched."
              : "Write the ids of the endpoint's models.",
          why: "The menu shows the empty id until a list is fetched, and LibreChat sends it when it is picked (https://github.com/danny-avila/LibreChat/issues/12857).",
        };
      }
    }
  },
};

/** One text with commas instead of a list. */
function* joinedModels(path: Path, label: string, models: readonly unknown[]): Generator<Finding> {
  for (const [index, model] of models.entries()) {
    if (typeof model !== "string" || !/\S\s*,\s*\S/.test(model)) continue;
    yield {
      at: { value: [...path, "models", "default", index] },
      message: `${label} offers one model whose name contains a comma.`,
      fix: `Quote each: [${model
        .split(",")
        .map((one) => `"${one.trim()}"`)
        .join(", ")}].`,
      why: "Quotes around a whole list turn it into one name, which the provider does not know.",
    };
  }
}
