import { type Json, type JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import { readPayloads } from "../cassette/read-payloads.ts";
import type { Check } from "../kit/check.ts";
import { codeOf } from "../kit/code-of.ts";
import { plain, same } from "../kit/expect.ts";
import { memorySite } from "../kit/memory-site.ts";

/** The list of models. */
export const models: readonly Check[] = [
  {
    id: "M1",
    level: "MUST",
    by: "cassettes",
    title: "`models()` gives every model of the recorded list, in its order",
    async run(kit) {
      const play = await kit.play("models");
      const [exchange] = play?.exchanges ?? [];
      if (exchange?.outcome.kind !== "models") return;
      const [body] = readPayloads(exchange.interaction).objects;
      const ids = kit.definition.dialect.modelIds(body as Json);
      same(
        exchange.outcome.models.map(({ id }) => id),
        ids,
        { cassette: play!.label },
      );
    },
  },
  {
    id: "M2",
    level: "MUST",
    by: "faults",
    title:
      "each model keeps the endpoint's own fields and gets what the catalogue knows of it; unknown ones are listed too",
    async run(kit) {
      const { models: catalogue } = kit.definition;
      const ids = [...Object.keys(catalogue), "of-tomorrow"];
      const body = kit.wire.writeModels(ids) as { [key: string]: Json };
      for (const list of Object.values(body).filter(Array.isArray))
        for (const entry of list as JsonObject[]) Object.assign(entry, { x_extra: { deep: [1] }, x_null: null });
      const listed = await kit.provider(memorySite(kit.json(200, body))).models();
      same(
        listed.map(({ id }) => id),
        ids,
      );
      for (const entry of listed) {
        same(entry["x_extra"], { deep: [1] }, { at: `${entry.id}, a field of the endpoint` });
        const { aliasOf } = catalogue[entry.id] ?? {};
        const known = { ...(aliasOf && catalogue[aliasOf]), ...catalogue[entry.id] };
        for (const [name, value] of Object.entries(known))
          same(plain(entry[name]), plain(value), {
            at: `${entry.id}.${name}`,
            fact: { path: `models.${entry.id}.${name}`, value },
          });
      }
    },
  },
  {
    id: "M3",
    level: "MUST",
    by: "faults",
    title: "a refused list is an error, and what is no list is one too",
    async run(kit) {
      const error = kit.wire.writeError({ status: 401, message: "No such key.", type: "invalid_request_error" });
      const refused = await kit.rejection(kit.provider(memorySite(kit.json(401, error))).models(), "an error", "401");
      same([codeOf(refused), readPath(refused, "status")], ["invalid-key", 401], { at: "401" });
      const page = { status: 200, headers: { "content-type": "text/html" }, pieces: ["<html>Welcome</html>"] };
      same(
        codeOf(await kit.rejection(kit.provider(memorySite(page)).models(), "an error", "an HTML page")),
        "invalid-response",
        { at: "an HTML page" },
      );
    },
  },
  {
    id: "M4",
    level: "SHOULD",
    by: "faults",
    title: "an empty list is an empty list",
    run: async (kit) => same(await kit.provider(memorySite(kit.json(200, kit.wire.writeModels([])))).models(), []),
  },
];
