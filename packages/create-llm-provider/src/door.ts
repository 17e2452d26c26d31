import type { Resources } from "./resources.ts";

/** Which of the two front doors this is, and what lies around it. */
export type Door = {
  resources: Resources;
  inWorkspace: boolean;
  /** Where folders are relative to; in this repository, its root. */
  root: string;
  /** The words before the id: in the help, and in the command that repeats a run exactly. */
  program: string;
  rerun: string;
  out: Output;
  err: Output;
  /** Is there a keyboard behind the input? */
  keyboard: boolean;
  environment: { readonly [name: string]: string | undefined };
};

/** `process.stdout`, or what stands in for it. */
export type Output = { write(text: string): unknown; isTTY?: boolean };
