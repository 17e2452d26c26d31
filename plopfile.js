// `pnpm plop provider` and `pnpm plop tool`: the generators of create-llm-provider, writing into this repository.
import { fileURLToPath } from "node:url";
import { registerGenerators, resources } from "./packages/create-llm-provider/src/index.ts";

export default function plopfile(plop) {
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
