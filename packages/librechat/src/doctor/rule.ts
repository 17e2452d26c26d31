import type { Definition } from "@llm-provider/core";
import type { Target } from "../target.ts";
import type { ConfigFile } from "./config-file.ts";
import type { Finding, Severity } from "./diagnostic.ts";
import type { EndpointView } from "./endpoint-view.ts";

/** What the rules look at. */
export type Subject = {
  readonly file: ConfigFile;
  /** The file's value; an empty mapping where it holds none. */
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
  /** `text`: looks at the text alone, also where it is no YAML. */
  readonly on?: "text";
  readonly check: (subject: Subject) => Iterable<Finding>;
};
