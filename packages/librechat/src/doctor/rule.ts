import type { Definition } from "@llm-provider/core";
import type { Path } from "../config/config-path.ts";
import type { Edit } from "../config/edit.ts";
import type { Target } from "../target.ts";
import type { ConfigFile, Position } from "./config-file.ts";
import type { EndpointView } from "./endpoint-view.ts";

/** What the rules look at. */
export type Subject = {
  readonly file: ConfigFile;
  /** The file's value; an empty mapping where it has none. */
  readonly config: { readonly [key: string]: unknown };
  /** The items of `endpoints.custom`. */
  readonly endpoints: readonly EndpointView[];
  readonly target: Target;
  /** The variables of LibreChat's .env, where they are known. */
  readonly environment: { readonly [name: string]: string } | undefined;
  /** The endpoints whose facts are known, by id. */
  readonly definitions: readonly Definition[];
};

/** One kind of mistake: how to find it, how grave it is, and why it is one. */
export type Rule = {
  readonly id: string;
  readonly severity: Severity;
  /** The thread or the measurement behind it. */
  readonly why: string;
  /** `text`: looks at the text alone, also where it is not valid YAML. */
  readonly on?: "text";
  readonly check: (subject: Subject) => Iterable<Finding>;
};

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
  /** The part of the file whose other findings follow from this one and are left out. */
  covers?: Path;
  /** Splices that put it right, for `--fix`. */
  edits?: readonly Edit[];
  /** Until this is mended the rest cannot be read. The doctor looks at the rest as if the splices, which add no line, were made. */
  blocks?: true;
};
