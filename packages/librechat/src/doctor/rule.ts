import type { Definition } from "@llm-provider/core";
import type { Path } from "../config/config-path.ts";
import type { Edit } from "../config/edit.ts";
import type { Target } from "../target.ts";
import type { ConfigFile, Position } from "./config-file.ts";
import type { EndpointView } from "./endpoint-view.ts";

/** The input of the rules. */
export type Subject = {
  readonly file: ConfigFile;
  /** The file's value; an empty mapping if it has none. */
  readonly config: { readonly [key: string]: unknown };
  /** The items of `endpoints.custom`. */
  readonly endpoints: readonly EndpointView[];
  readonly target: Target;
  /** The variables of LibreChat's .env, if they are known. */
  readonly environment: { readonly [name: string]: string } | undefined;
  /** The providers whose facts are known, by id. */
  readonly definitions: readonly Definition[];
};

/** One kind of mistake: how to find it, how serious it is, and why it matters. */
export type Rule = {
  readonly id: string;
  readonly severity: Severity;
  /** The thread or the measurement behind it. */
  readonly why: string;
  /** `text`: looks only at the text, even if it is not valid YAML. */
  readonly on?: "text";
  readonly check: (subject: Subject) => Iterable<Finding>;
};

/** `error`: LibreChat does not start, hides the endpoint or is refused; `warning`: it does not do what the file says. */
export type Severity = "error" | "warning" | "info";

/** One mistake in a librechat.yaml. It never contains the value of a key. */
export type Diagnostic = Position & {
  rule: string;
  severity: Severity;
  message: string;
  /** The measurement or the source behind it. */
  why: string;
  /** What a person should do. */
  fix?: string;
};

/** A finding of a rule; the rest of the diagnostic comes from the rule. */
export type Finding = {
  /** The place: the key of a path, its value, or a position in the text. */
  at: { key: Path } | { value: Path } | Position;
  message: string;
  fix?: string;
  why?: string;
  severity?: Severity;
  /** The part of the file in which all other findings follow from this one and are left out. */
  covers?: Path;
  /** Splices that correct it, for `--fix`. */
  edits?: readonly Edit[];
  /** The rest cannot be read until this is corrected. The doctor reads the rest as if the splices, which add no line, were made. */
  blocks?: true;
};
