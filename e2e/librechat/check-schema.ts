import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "yaml";
import {
  addToConfig,
  diagnose,
  loadRealSchema,
  targets,
  toEndpoint,
  type Target,
} from "../../packages/librechat/src/index.ts";
import { providers } from "./providers.ts";

const require = createRequire(import.meta.url);
const { endpointSchema } = require("librechat-data-provider") as {
  endpointSchema: { safeParse(value: unknown): { success: boolean; error?: unknown } };
};
const fixtures = new URL("../../packages/librechat/test/doctor/", import.meta.url);

/** LibreChat's real schema takes what we export, and says of the doctor's files what the doctor says. */
export async function checkSchema(): Promise<string[]> {
  const schema = (await loadRealSchema(import.meta.url))!;
  const definitions = providers.map(({ definition }) => definition);
  let blocks = 0;
  for (const target of Object.keys(targets) as Target[]) {
    for (const keys of ["env", "user"] as const) {
      let text = "";
      for (const definition of definitions) {
        const endpoint = toEndpoint(definition, { target, keys });
        assert.ok(endpointSchema.safeParse(endpoint).success, `${definition.name} for ${target}, ${keys}`);
        ({ text } = addToConfig(text, { endpoint }, { target }));
        blocks++;
      }
      assert.deepEqual(schema.check(parse(text)), [], `all in one file for ${target}, ${keys}`);
      assert.deepEqual(diagnose(text, { definitions, target, realSchema: schema }), [], `${target}, ${keys}`);
    }
  }

  const counts = { good: 0, broken: 0 };
  for (const kind of ["good", "broken"] as const) {
    for (const name of readdirSync(new URL(`${kind}/`, fixtures))) {
      const text = readFileSync(new URL(`${kind}/${name}`, fixtures), "utf8");
      const environment = environmentOf(text);
      const options = { definitions, ...(environment && { environment }) };
      const alone = diagnose(text, options);
      const both = diagnose(text, { ...options, realSchema: schema });
      assert.deepEqual(both, alone, `${kind}/${name}: the real schema says more`);
      if (alone.some(({ rule, severity }) => rule === "schema" && severity === "error"))
        assert.notDeepEqual(schema.check(parse(text)), [], `${kind}/${name}: the real schema takes it`);
      counts[kind]++;
    }
  }
  return [
    `schema ${schema.version}: ${blocks} exported blocks accepted`,
    `schema ${schema.version}: ${counts.good} good and ${counts.broken} broken files, nothing that the doctor does not say by itself`,
  ];
}

/** The comment at the top of a file that is tried with variables. */
function environmentOf(text: string): { [name: string]: string } | undefined {
  const variables = /^# Env (.*)$/m.exec(text)?.[1];
  return variables === undefined
    ? undefined
    : Object.fromEntries(variables.split(";").map((one) => one.split("=") as [string, string]));
}
