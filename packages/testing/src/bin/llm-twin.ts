import { parseArgs } from "node:util";
import { startTwin } from "../twin/start-twin.ts";
import { loadFactory } from "./load-factory.ts";
import { runCommand } from "./run-command.ts";

const usage = `llm-twin <module>              starts a loopback endpoint that behaves as the provider's definition says

  The module is a file or package that exports a provider. No key and no network are needed.

  --port <number>              a free one unless named
  --strict-models              refuse models that the definition does not list
  --export <name>              where a module exports several providers

  LLM_TWIN_KEY                 when set, the only key that passes`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: "string" },
      "strict-models": { type: "boolean" },
      export: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help || positionals[0] === undefined) {
    console.log(usage);
    return values.help ? 0 : 1;
  }
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${values.port} is no port: give a number up to 65535.`);
  const { definition } = await loadFactory(positionals[0], values.export);
  const twin = await startTwin(definition, {
    port,
    strictModels: values["strict-models"],
    apiKey: process.env["LLM_TWIN_KEY"] || undefined,
    onRequest: ({ method, path, status }) => console.log(`${method} ${path} ${status}`),
  });
  console.log(`The twin of ${definition.name} listens at ${twin.url}`);
  console.log(`Point an app's base URL there. Model: ${definition.smallModel}. Stop with Ctrl+C.`);
  await new Promise<void>((done) => {
    process.once("SIGINT", () => done());
    process.once("SIGTERM", () => done());
  });
  await twin.close();
  return 0;
});
