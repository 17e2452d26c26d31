// `pnpm plop provider` and `pnpm plop tool`: the generators of create-llm-provider, writing into this repository.
import { fileURLToPath } from "node:url";
import { registerGenerators, resources } from "./packages/create-llm-provider/src/index.ts";

export default function plopfile(plop) {
  const [, id, baseURL] = process.argv.slice(2);
  if (!process.stdin.isTTY && (!id || !baseURL)) {
    console.error(
      "There is no terminal to ask at. Say all of it: npx -y pnpm@12.21.0 plop provider acme https://api.acme.ai/v1",
    );
    process.exit(2);
  }
  registerGenerators(plop, {
    resources: resources(),
    inWorkspace: true,
    root: fileURLToPath(new URL(".", import.meta.url)),
    created: new Date().toISOString().slice(0, 10),
    ownNode: false,
    onUndo: () => {},
    onStepStart: (step) => console.log(`${step.doing} …`),
  });
}
