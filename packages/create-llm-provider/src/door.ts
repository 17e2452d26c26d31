import type { Resources } from "./resources.ts";

/** Which of the two front doors this is. */
export type Door = {
  resources: Resources;
  inWorkspace: boolean;
  /** Where folders are relative to; in this repository, its root. */
  root: string;
  /** The words before the id: in the help, and in the command that repeats a run exactly. */
  program: string;
  rerun: string;
};
