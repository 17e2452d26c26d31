import type { Level } from "../kit/check.ts";
import type { ToolKit } from "./tool-kit.ts";

/** One thing that the suite proves of a tool. */
export type ToolCheck = {
  readonly name: string;
  readonly level: Level;
  readonly title: string;
  readonly by: "cassettes" | "faults" | "requests";
  readonly run: (kit: ToolKit) => Promise<void> | void;
};
