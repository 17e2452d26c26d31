export { parseAnswers } from "./answers/parse-answers.ts";
export { planPackage } from "./context/plan-package.ts";
export type { Host } from "./command-line/host.ts";
export { main } from "./command-line/main.ts";
export { type GeneratorOptions, registerGenerators } from "./plop/register-generators.ts";
export { resources } from "./resources.ts";
