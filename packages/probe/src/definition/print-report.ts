import { paint, type Paint, wrap } from "@llm-provider/testing/command";
import type { ParameterVerdict, ProbeReport } from "../report.ts";

/** The output of the report. */
interface Place {
  readonly isTerminal: boolean;
  /** Characters. */
  readonly columns: number;
}

/** The report for a person: every parameter with its verdict and the evidence, then the rest. */
export function printReport(report: ProbeReport, place: Place): string {
  const { bold, dim, red, green, yellow } = paint(place);
  const colour: { readonly [verdict: string]: Paint } = {
    accepted: green,
    clamped: yellow,
    ignored: yellow,
    renamed: yellow,
    rejected: red,
    unknown: dim,
  };
  const columns = Math.max(60, Math.min(place.columns, 120));
  const rows = Object.entries(report.parameters).map(([name, verdict]) => {
    const known = howKnown(verdict);
    const room = columns - 36 - known.length;
    // The endpoint's words, cut at the end of the line.
    const words = verdict.verdict === "rejected" && room > 20 ? quoted(verdict.words, room) : "";
    const [first = "", ...others] = wrap(words === "" ? known : `${known} ${words}`, columns - 33);
    const head = `${name.padEnd(23)}${colour[verdict.verdict]!(verdict.verdict.padEnd(10))}`;
    return [`${head}${first}`.trimEnd(), ...others.map((line) => " ".repeat(33) + line)].join("\n");
  });
  const facts = factsOf(report).map(([name, text]) => {
    const [first = "", ...others] = wrap(text, columns - 20);
    return [`${bold(name.padEnd(18))}${first}`, ...others.map((line) => " ".repeat(18) + line)].join("\n");
  });
  const width = `${report.requests} requests, ${report.tokens.input} tokens in and ${report.tokens.output} out`;
  return `${bold(report.model)} at ${report.baseURL}\n${dim(width)}\n\n${rows.join("\n")}\n\n${facts.join("\n")}\n`;
}

function quoted(words: string, room: number): string {
  const line = words.replaceAll(/\s+/g, " ").trim();
  return line === "" ? "" : `“${line.length > room - 2 ? `${line.slice(0, room - 3)}…` : line}”`;
}

function howKnown({ verdict, status, to, range, values, evidence }: ParameterVerdict): string {
  const parts = [
    verdict === "rejected" || verdict === "renamed" ? `HTTP ${status}` : "",
    verdict === "renamed" ? `now ${to}` : "",
    range ? describeRange(range) : "",
    values ? describeValues(values) : "",
    verdict === "unknown" && evidence.length === 0 ? "no answer showed it" : "",
    evidence.length > 0 ? evidence.map((number) => `#${number}`).join(" ") : "",
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function describeRange([min, max]: NonNullable<ParameterVerdict["range"]>): string {
  if (min === max) return `only ${min}`;
  return min === null ? `up to ${max}` : max === null ? `from ${min}` : `${min} to ${max}`;
}

function describeValues(values: NonNullable<ParameterVerdict["values"]>): string {
  const list = (is: string): string =>
    Object.entries(values)
      .filter(([, one]) => one === is)
      .map(([value]) => value)
      .join(", ");
  const [taken, refused] = [list("accepted"), list("rejected")];
  return [taken && `takes ${taken}`, refused && `refuses ${refused}`].filter(Boolean).join(", ");
}

const naming = {
  all: "all that are refused",
  first: "the first that is refused",
  none: "none of what is refused",
  unknown: "what is not known",
};

function factsOf(report: ProbeReport): [name: string, text: string][] {
  const { unknownParameters: unknown, refusals, conflicts, messages, streaming, reasoning, limits, models } = report;
  const list = (texts: readonly string[], none: string): string => (texts.length > 0 ? texts.join(", ") : none);
  return [
    ["unknown fields", `${unknown.verdict}${unknown.status > 0 ? ` with HTTP ${unknown.status}` : ""}`],
    [
      "refusals",
      `one answer names ${naming[refusals.names]}; a wrong type is ${refusals.wrongTypes > 0 ? `refused with HTTP ${refusals.wrongTypes}` : "not seen to be refused"}`,
    ],
    [
      "conflicts",
      list(
        conflicts.map(([a, b]) => `${a} with ${b}`),
        "none found",
      ),
    ],
    [
      "messages",
      list(
        Object.entries(messages).map(([rule, value]) => `${rule} ${JSON.stringify(value)}`),
        "every form that was tried passes",
      ),
    ],
    [
      "tools",
      list(
        Object.entries(report.toolChoice).map(([value, is]) => `tool_choice ${value} ${is}`),
        "unknown",
      ),
    ],
    ["JSON", `json_object ${report.structuredOutput.json_object}, json_schema ${report.structuredOutput.json_schema}`],
    [
      "streaming",
      `tool calls ${streaming.toolCalls}, token counts ${streaming.usage}${streaming.asked ? " where they are asked for" : ""}${streaming.comments ? ", keep-alive comments" : ""}${streaming.done ? ", [DONE]" : ""}`,
    ],
    ["reasoning", `${reasoning.field}, in the history ${reasoning.history}`],
    [
      "limits",
      list([...Object.keys(limits.headers), ...(limits.requestId ? [`id in ${limits.requestId}`] : [])], "no headers"),
    ],
    ["models", list(models.length > 8 ? [...models.slice(0, 8), `${models.length - 8} more`] : models, "none listed")],
  ];
}
