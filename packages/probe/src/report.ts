import type { Json } from "@llm-provider/core";
import type { ReasoningField } from "./answer-facts.ts";
import type { Stop } from "./session.ts";

/** An endpoint's treatment of one parameter. `unknown`: no answer showed it. */
export type Verdict = "accepted" | "ignored" | "rejected" | "renamed" | "clamped" | "unknown";

/** One parameter, with the evidence. */
export interface ParameterVerdict {
  verdict: Verdict;
  /** The HTTP status of the refusal; 0 if there was none. */
  status: number;
  /** The endpoint's name for it; only for `renamed`, else empty. */
  to: string;
  /** Bounds that the endpoint stated; `null` at an open end. */
  range?: [min: number | null, max: number | null];
  /** Values that were tried separately, or that a refusal listed. */
  values?: { [value: string]: "accepted" | "rejected" };
  /** Numbers of the requests that show it. */
  evidence: number[];
  /** The endpoint's own words. */
  words: string;
}

/** One kind of refusal, with the endpoint's own body. */
export interface ProbedError {
  status: number;
  /** What was refused: a parameter, `unknown-model`, `invalid-key`. */
  of: string;
  words: string;
  body: Json;
  /** Number of the request. */
  evidence: number;
}

type Taken = "accepted" | "ignored" | "rejected" | "unknown";

/** The results of a probe. It prints as the JSON of `llm-provider probe --json`. */
export interface ProbeReport {
  ok: boolean;
  baseURL: string;
  model: string;
  /** The number of all sent requests. */
  requests: number;
  tokens: { input: number; output: number };
  parameters: { [name: string]: ParameterVerdict };
  unknownParameters: { verdict: "ignored" | "rejected" | "unknown"; status: number };
  /** `names`: which of several refused fields one answer names. `wrongTypes`: the status for a wrong type, 0 if it is taken. */
  refusals: { names: "all" | "first" | "none" | "unknown"; wrongTypes: number };
  conflicts: [string, string][];
  /** Only rules whose absence caused a refusal. */
  messages: { [rule: string]: Json };
  toolChoice: { [value: string]: Taken };
  structuredOutput: { json_object: Taken; json_schema: Taken };
  streaming: {
    toolCalls: "whole" | "fragments" | "unknown";
    usage: "with-finish" | "own-chunk" | "own-choice" | "none" | "unknown";
    /** Token counts come only if `stream_options.include_usage` requests them. */
    asked: boolean;
    /** Comments keep the stream alive. */
    comments: boolean;
    /** The end mark `[DONE]` comes. */
    done: boolean;
  };
  reasoning: { field: ReasoningField; history: "omit" | "optional" | "required-with-tools" | "unknown" };
  limits: { headers: { [name: string]: string }; requestId: string };
  models: string[];
  errors: ProbedError[];
  /** TypeScript of a definition; empty if the probe was stopped. */
  definition: string;
  /** An entry for librechat.yaml; empty if the probe was stopped. */
  librechat: string;
  stopped: Stop | null;
  /** Parameters that pass only beside another parameter with a certain value. In the definition, not in the JSON. */
  requires: { parameter: string; beside: string; value: Json }[];
  /** Models of other families, with their additional refusals: parameter → status. In the definition. */
  families: { model: string; refused: { [name: string]: number } }[];
}

/** The report in the form that the command prints. */
export function toPrinted(report: ProbeReport): Omit<ProbeReport, "requires" | "families"> {
  const hidden = ["requires", "families"];
  return Object.fromEntries(Object.entries(report).filter(([name]) => !hidden.includes(name))) as unknown as ReturnType<
    typeof toPrinted
  >;
}

/** A report without any result yet. */
export function emptyReport(baseURL: string): ProbeReport {
  return {
    ok: false,
    baseURL,
    model: "",
    requests: 0,
    tokens: { input: 0, output: 0 },
    parameters: {},
    unknownParameters: { verdict: "unknown", status: 0 },
    refusals: { names: "unknown", wrongTypes: 0 },
    conflicts: [],
    messages: {},
    toolChoice: {},
    structuredOutput: { json_object: "unknown", json_schema: "unknown" },
    streaming: { toolCalls: "unknown", usage: "unknown", asked: false, comments: false, done: false },
    reasoning: { field: "none", history: "unknown" },
    limits: { headers: {}, requestId: "" },
    models: [],
    errors: [],
    definition: "",
    librechat: "",
    stopped: null,
    requires: [],
    families: [],
  };
}

export function unknownVerdict(): ParameterVerdict {
  return { verdict: "unknown", status: 0, to: "", evidence: [], words: "" };
}
