import { isEssential, readPath } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { sameRefusal, send } from "../kit/send.ts";
import { isRejected, pickModel } from "../scenario/capabilities.ts";
import { readJson } from "../read-json.ts";

const jsonObject = { type: "json_object" };
const jsonSchema = {
  type: "json_schema",
  json_schema: {
    name: "capital",
    strict: true,
    schema: {
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
      additionalProperties: false,
    },
  },
};

/** Answers in JSON. */
export const structured: readonly Check[] = [
  {
    name: "requests-json",
    by: "cassettes",
    title: "a request for JSON arrives as such, and the recorded answer is JSON",
    applies: (definition) => pickModel(definition, "json") !== undefined,
    run: (kit) => arrives(kit, "json", jsonObject, "json-object"),
  },
  {
    name: "requests-a-schema",
    by: "cassettes",
    title: "a schema arrives as it was given, strictness included, and the recorded answer follows it",
    applies: (definition) => pickModel(definition, "schema") !== undefined,
    run: (kit) => arrives(kit, "schema", jsonSchema, "json-schema"),
  },
  {
    name: "refuses-unsupported-formats",
    by: "requests",
    title:
      "a response format that the endpoint does not have is not sent: JSON mode is left out and reported, a schema is refused",
    applies: (definition) =>
      [jsonObject, jsonSchema].some((format) =>
        isRejected(
          definition,
          { model: definition.smallModel, messages: [], response_format: format },
          "response_format",
        ),
      ),
    async run(kit) {
      for (const format of [jsonObject, jsonSchema]) {
        const request = kit.request({ response_format: format });
        if (!isRejected(kit.definition, request, "response_format")) continue;
        const fact = { path: "parameters.response_format", value: kit.definition.parameters?.["response_format"] };
        if (isEssential("response_format", format)) {
          await sameRefusal(kit, request, "unsupported-parameter", { at: format.type, fact });
          continue;
        }
        const { asked, result } = await send(kit, request);
        same(asked["response_format"], undefined, { at: format.type, fact });
        truth(
          result.changes.some(({ parameter, action }) => parameter === "response_format" && action === "dropped"),
          "a change that says so",
          result.changes,
          { at: format.type, fact },
        );
      }
    },
  },
  {
    name: "streams-json",
    by: "cassettes",
    title: "streamed JSON is the JSON that was streamed",
    applies: (definition) => pickModel(definition, "json") !== undefined,
    async run(kit) {
      const replay = await kit.replay("json-stream");
      const [exchange] = replay?.exchanges ?? [];
      if (exchange?.outcome.kind !== "stream") return;
      const { text } = exchange.outcome.result;
      same(readJson(text), readJson(exchange.answer?.text ?? ""), { cassette: replay!.label });
      truth(readJson(text) !== undefined, "JSON", text, { cassette: replay!.label });
    },
  },
];

async function arrives(kit: Kit, feature: "json" | "schema", format: object, scenario: string): Promise<void> {
  const request = kit.request({ model: pickModel(kit.definition, feature), response_format: format });
  if (!isRejected(kit.definition, request, "response_format")) {
    const got: unknown = (await send(kit, request)).asked["response_format"];
    // Another wire format may have a field for the schema but none for its name.
    const [path, expected] =
      kit.definition.dialect.settings || feature === "json"
        ? ["", format]
        : ["json_schema.schema", jsonSchema.json_schema.schema];
    same(path === "" ? got : readPath(got, path), expected, { at: "response_format" });
  }
  const replay = await kit.replay(scenario);
  const [exchange] = replay?.exchanges ?? [];
  if (exchange?.outcome.kind !== "chat") return;
  const { text } = exchange.outcome.result;
  truth(typeof readJson(text) === "object", "JSON", text, { cassette: replay!.label });
}
