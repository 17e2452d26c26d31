export type { Io } from "@llm-provider/testing/command";
export { main } from "./main.ts";
