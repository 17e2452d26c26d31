import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../scaffold-e2e/run-command.ts";
import { startLanguageServer } from "../language-server.ts";
import { expect } from "./expect.ts";

const program = `import { groq } from "@llm-provider/groq";
import { ProviderError } from "@llm-provider/core";

const provider = groq({ apiKey: "any" });
export const answer = provider.chat({ model: "openai/gpt-oss-20b", messages: [{ role: "user", content: "Hello" }] });
export const tomorrow = provider.chat({ model: "a-model-of-tomorrow", messages: [] });
export const isOurs: boolean = ProviderError.is(new Error("no"));
// @ts-expect-error -- a request needs messages
export const wrong = provider.chat({ model: "openai/gpt-oss-20b" });
`;

/** From an empty folder: installs an adapter, runs the README's lines against a twin, type-checks, completes and requires it. */
export async function tryConsumer(
  folder: string,
  environment: NodeJS.ProcessEnv,
  clone: string,
  say: (text: string) => void,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const run = (...words: string[]) => runCommand(words, { folder, environment, seconds: 180 });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  await run(
    "npm",
    "install",
    "--loglevel=error",
    "@llm-provider/groq",
    "@llm-provider/testing",
    "typescript@7.0.2",
    "@types/node@24.10.1",
  );
  say("npm install @llm-provider/groq, from nothing");

  const [, lines] = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(clone, "packages/groq/README.md"), "utf8"))!;
  expect(lines!.includes("groq()"), "the README of groq makes a provider with groq()");
  const twin = `import { startTwin } from "@llm-provider/testing";\nconst twin = await startTwin((await import("@llm-provider/groq")).groq.definition);\n`;
  writeFileSync(
    join(folder, "readme.mjs"),
    `${twin}${lines!.replace("groq()", 'groq({ baseURL: twin.url, apiKey: "any" })')}\nawait twin.close();\n`,
  );
  const { out } = await run("node", "readme.mjs");
  expect(out.trim() !== "", "the README's lines print an answer");
  say("the README's lines run against a twin");

  writeFileSync(join(folder, "program.ts"), program);
  for (const [module, moduleResolution] of [
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ]) {
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          module,
          moduleResolution,
          target: "es2022",
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
          types: ["node"],
        },
        include: ["program.ts"],
      }),
    );
    await run("npx", "tsc", "-p", ".");
  }
  const editor = await startLanguageServer(folder, environment);
  const file = { path: join(folder, "program.ts"), text: program };
  const models = await editor.completionsBehind(file, 'model: "').finally(() => editor.close());
  expect(models.includes("openai/gpt-oss-120b"), `an editor completes model ids, not ${models.slice(0, 5).join(", ")}`);
  say("strict types compile in nodenext and bundler resolution; an editor completes model ids");

  writeFileSync(
    join(folder, "required.cjs"),
    `const { groq } = require("@llm-provider/groq");\nif (groq.definition.id !== "groq") throw new Error("not groq");\nconsole.log(typeof groq({ apiKey: "any" }).chat);\n`,
  );
  expect((await run("node", "required.cjs")).out.trim() === "function", "CommonJS can require it");
  say("CommonJS requires it");
}
