export type { Door } from "./door.ts";
export { main } from "./main.ts";
export { type GeneratorOptions, registerGenerators } from "./register-generators.ts";
export { resources } from "./resources.ts";
