import type { Edit } from "../config/edit.ts";
import type { Path } from "../config/config-path.ts";
import type { Position } from "./config-file.ts";

/** `error`: LibreChat does not start, hides the endpoint or gets refused; `warning`: it does something else than the file says. */
export type Severity = "error" | "warning" | "info";

/** One thing that is wrong in a librechat.yaml. No value of a key is ever in it. */
export type Diagnostic = Position & {
  rule: string;
  severity: Severity;
  message: string;
  /** What was measured or read, and where. */
  why: string;
  /** What a person should do. */
  fix?: string;
};

/** What a rule found; the rest of the diagnostic comes from the rule. */
export type Finding = {
  /** Where: the key of a path, its value, or a place in the text. */
  at: { key: Path } | { value: Path } | Position;
  message: string;
  fix?: string;
  why?: string;
  severity?: Severity;
  /** Splices that put it right, for `--fix`. */
  edits?: readonly Edit[];
};
