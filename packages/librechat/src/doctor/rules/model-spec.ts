import { builtInEndpoints } from "../../librechat-names.ts";
import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

export const modelSpec: Rule = {
  id: "model-spec",
  severity: "error",
  why: "A model spec finds its endpoint by the exact name; with another name it appears in the menu and cannot be used (https://github.com/danny-avila/LibreChat/issues/11083).",
  *check({ file, config, endpoints }) {
    const list = asRecord(config["modelSpecs"])["list"];
    if (!Array.isArray(list)) return;
    // If the endpoints cannot be read, their names are unknown.
    const { custom = [] } = asRecord(config["endpoints"]);
    const names = new Map<string, number>();
    for (const [index, item] of list.entries()) {
      const path = ["modelSpecs", "list", index] as const;
      const spec = asRecord(item);
      const { endpoint, model } = asRecord(spec["preset"]);
      if (typeof spec["name"] === "string") {
        const first = names.get(spec["name"]);
        if (first === undefined) names.set(spec["name"], file.keyPosition(path).line);
        else
          yield {
            at: { value: [...path, "name"] },
            message: `There is another model spec "${spec["name"]}" on line ${first}.`,
            fix: "Give one of them another name.",
            why: "LibreChat distinguishes specs by their names.",
          };
      }
      if (spec["default"] === true && list.findIndex((one) => asRecord(one)["default"] === true) < index) {
        yield {
          at: { key: [...path, "default"] },
          severity: "warning",
          message: "There is another default model spec above.",
          fix: "Keep one `default: true`.",
          why: "LibreChat takes the first one.",
        };
      }
      if (typeof endpoint !== "string") continue;
      const own = endpoints.find(({ name }) => name === endpoint);
      if (!Array.isArray(custom)) continue;
      if (!own && !builtInEndpoints.includes(endpoint)) {
        const all = [...endpoints.flatMap(({ name }) => (name ? [name] : [])), ...builtInEndpoints];
        const near =
          all.find((name) => plain(name) === plain(endpoint)) ??
          all.find((name) => plain(name).includes(plain(endpoint)));
        const ours = endpoints.flatMap(({ name }) => (name ? [`"${name}"`] : []));
        yield {
          at: { value: [...path, "preset", "endpoint"] },
          message: `The model spec ${index + 1} names the endpoint "${endpoint}", which this file does not have.`,
          fix: near
            ? `Write "${near}".`
            : `Write the name of an endpoint of this file${ours.length > 0 ? `: ${ours.join(", ")}` : ""}.`,
        };
      } else if (
        own &&
        typeof model === "string" &&
        own.models.length > 0 &&
        !own.models.includes(model) &&
        asRecord(own.value["models"])["fetch"] !== true
      ) {
        yield {
          at: { value: [...path, "preset", "model"] },
          severity: "warning",
          message: `The model spec ${index + 1} names \`${model}\`, which is not among the models of "${endpoint}".`,
          fix: "Add it to `models.default` of the endpoint, or name one that is listed there.",
          why: 'LibreChat refuses a model that the endpoint does not list ("illegal model", read in v0.8.7, middleware/validateModel.js).',
        };
      }
    }
  },
};

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
