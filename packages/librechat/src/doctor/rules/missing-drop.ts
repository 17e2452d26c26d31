import { type Definition } from "@llm-provider/core";
import { closestName, modelInfo, parameterRules, sourceOf } from "@llm-provider/core/internal";
import { dropSpellings } from "../../endpoint/drop-spellings.ts";
import { offeredModels } from "../../endpoint/offered-models.ts";
import { refusedParameters } from "../../endpoint/refused-parameters.ts";
import type { LibreChatEndpoint } from "../../librechat-endpoint.ts";
import { asRecord } from "../as-record.ts";
import { parameterSets } from "../../schema/parameter-sets.ts";
import type { Rule } from "../rule.ts";

export const missingDrop: Rule = {
  id: "missing-drop",
  severity: "error",
  why: "The provider rejects a parameter that LibreChat sends (https://github.com/danny-avila/LibreChat/issues/1540).",
  *check({ endpoints, target }) {
    for (const { path, value, label, name, baseURL, definition, models, client } of endpoints) {
      const drops = value["dropParams"];
      // The schema's rule reports anything but a list.
      if (drops !== undefined && !Array.isArray(drops)) continue;
      if (!definition || !name || !baseURL || !client.sendsChat) continue;
      const catalogued = models.filter((model) => {
        const known = modelInfo(definition, model);
        return known && !known.retired;
      });
      const asked = catalogued.length > 0 ? catalogued : offeredModels(definition).slice(0, 1);
      const added = asRecord(value["addParams"]);
      const endpoint = {
        ...value,
        name,
        baseURL,
        addParams: added,
        customParams: knownParameters(asRecord(value["customParams"])),
        dropParams: drops ?? [],
      } as unknown as LibreChatEndpoint;
      for (const refused of refusedParameters(definition, endpoint, asked, target)) {
        const spellings = dropSpellings(refused.name);
        const isAdded = Object.keys(added).find((key) => spellings.includes(key));
        const near = isAdded && !parameterRules(definition, isAdded).length ? nearest(isAdded, definition) : undefined;
        // Another rule reports the half-working spelling.
        if (!isAdded && endpoint.dropParams!.some((one) => spellings.includes(one))) continue;
        const whom = refused.models.length === asked.length ? "" : ` for ${refused.models.join(", ")}`;
        const always =
          refused.name === "user" ? "LibreChat always sends it" : isAdded ? "`addParams` adds it" : "users can set it";
        yield {
          at: {
            key: isAdded ? [...path, "addParams", isAdded] : drops === undefined ? path : [...path, "dropParams"],
          },
          severity: refused.name === "user" || isAdded ? "error" : "warning",
          message: `${definition.name} answers ${refused.status} to \`${refused.name}\`${refused.only === undefined ? "" : ` other than ${refused.only}`}${whom}, and ${always} with ${label}.`,
          fix: isAdded
            ? near
              ? `Did you mean \`${near}\`?`
              : `Delete \`${isAdded}\` from \`addParams\`.`
            : `Add ${spellings.map((one) => `\`${one}\``).join(" and ")} to \`dropParams\`.`,
          why: `${definition.name} refuses it (${sourceOf(definition, refused.source).url}). LibreChat repeats the request for up to 92 s (measured), then shows "422 status code (no body)".`,
        };
      }
    }
  },
};

/** A parameter that LibreChat does not know stops it, which another rule reports. */
function knownParameters(customParams: { readonly [key: string]: unknown }): object {
  const { paramDefinitions, ...rest } = customParams;
  if (!Array.isArray(paramDefinitions)) return rest;
  const isKnown = (one: unknown): boolean => parameterSets["custom"]!.includes(String(asRecord(one)["key"]));
  return { ...rest, paramDefinitions: paramDefinitions.filter(isKnown) };
}

function nearest(name: string, { parameters, unknownParameters }: Definition): string | undefined {
  const known = unknownParameters && "known" in unknownParameters ? unknownParameters.known : [];
  return closestName(name, [...known, ...Object.keys(parameters ?? {})]);
}
