import type { Place } from "../context/plan-package.ts";
import type { Resources } from "../resources.ts";

/** The environment of the program: the published bin, or the `scaffold` script of this repository. */
export interface Host extends Place {
  resources: Resources;
  /** The words before the id: in the help, and in the command that repeats a run exactly. */
  program: string;
  rerun: string;
  out: Output;
  err: Output;
  /** Is the input a keyboard? */
  keyboard: boolean;
  environment: { readonly [name: string]: string | undefined };
}

/** `process.stdout`, or a replacement. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}
