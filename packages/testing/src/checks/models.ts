import type { Json, JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import { readPayloads } from "../cassette/recorded-response.ts";
import type { Check } from "../kit/check.ts";
import { codeOf, plain, same } from "../kit/expect.ts";
import { mockServer } from "../server/mock-server.ts";

/** The list of models. */
export const models: readonly Check[] = [
  {
    name: "lists-every-model",
    by: "cassettes",
    title: "`models()` returns every model of the recorded list, in its order",
    async run(kit) {
      const replay = await kit.replay("models");
      const [exchange] = replay?.exchanges ?? [];
      if (exchange?.outcome.kind !== "models") return;
      const [body] = readPayloads(exchange.interaction).objects;
      const ids = kit.definition.dialect.modelIds(body as Json);
      same(
        exchange.outcome.models.map(({ id }) => id),
        ids,
        { cassette: replay!.label },
      );
    },
  },
  {
    name: "keeps-model-fields",
    by: "faults",
    title:
      "each model keeps the endpoint's own fields and gains what the catalogue knows; unknown models are listed too",
    async run(kit) {
      const { models: catalogue } = kit.definition;
      const ids = [...Object.keys(catalogue), "of-tomorrow"];
      const body = kit.wire.writeModels(ids, kit.definition) as { [key: string]: Json };
      for (const list of Object.values(body).filter(Array.isArray))
        for (const entry of list as JsonObject[]) Object.assign(entry, { x_extra: { deep: [1] }, x_null: null });
      const listed = await kit.provider(mockServer(kit.json(200, body))).models();
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
    name: "rejects-bad-model-lists",
    by: "faults",
    title: "a refused list is an error, and so is a response that is not a list",
    async run(kit) {
      const error = kit.wire.writeError({ status: 401, message: "No such key.", type: "invalid_request_error" });
      const refused = await kit.rejection(kit.provider(mockServer(kit.json(401, error))).models(), "401");
      same([codeOf(refused), readPath(refused, "status")], ["invalid-key", 401], { at: "401" });
      const page = { status: 200, headers: { "content-type": "text/html" }, pieces: ["<html>Welcome</html>"] };
      same(codeOf(await kit.rejection(kit.provider(mockServer(page)).models(), "an HTML page")), "invalid-response", {
        at: "an HTML page",
      });
    },
  },
  {
    name: "accepts-an-empty-model-list",
    level: "SHOULD",
    by: "faults",
    title: "an empty list is returned as an empty list",
    run: async (kit) =>
      same(await kit.provider(mockServer(kit.json(200, kit.wire.writeModels([], kit.definition)))).models(), []),
  },
];
