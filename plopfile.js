// `pnpm plop provider` and `pnpm plop tool`: the generators of create-llm-provider, writing into this repository.
import { fileURLToPath } from "node:url";
import { parseAnswers, planPackage, registerGenerators, resources } from "./packages/create-llm-provider/src/index.ts";

export default function plopfile(plop) {
  const [, id, baseURL] = process.argv.slice(2);
  if (!process.stdin.isTTY && (!id || !baseURL)) {
    console.error(
      "There is no terminal for the question. Give the id and the base URL: npx -y pnpm@12.21.0 plop provider acme https://api.acme.ai/v1",
    );
    process.exit(2);
  }
  const { templates, versions } = resources();
  const root = fileURLToPath(new URL(".", import.meta.url));
  registerGenerators(plop, {
    templates,
    plan: (answers) => planPackage(parseAnswers(answers), { versions, inWorkspace: true, root }),
    onStepStart: (step) => console.log(`${step.doing} …`),
  });
}
