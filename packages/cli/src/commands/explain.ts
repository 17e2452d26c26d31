import { createCommand, loadProvider, paint, toJson, usageError, wrap } from "@llm-provider/testing/command";
import { maskKeys } from "@llm-provider/core/internal";
import { type ErrorCode, ProviderError } from "@llm-provider/core";
import { readError, type LoggedError } from "@llm-provider/librechat";
import type { Command } from "commander";
import { type CliIo, knownDefinitions } from "../cli-io.ts";
import { explainError } from "../explain/explain-error.ts";
import type { Explanation } from "../explain/explanation.ts";
import { proveProvider } from "../explain/prove-provider.ts";

interface Options {
  readonly provider?: string;
  readonly json?: boolean;
}

const help = {
  description:
    'Takes a status, the text of an error, its JSON body, what curl printed, or a whole log, of which it explains the last error; `-` reads stdin. Prints the cause, the evidence for it, and the fix; for LibreChat, the line for librechat.yaml. Prints "unknown" where it does not know. Without --provider, it names one only where the text proves whose error it is.',
  examples: [
    "llm-provider explain 422 --provider mistral",
    'llm-provider explain --provider groq "Request too large for model"',
    "docker compose logs api | llm-provider explain -",
  ],
};

export function explain(io: CliIo, summary: string): Command {
  return createCommand("explain", { summary, ...help }, io)
    .usage("<status | text | JSON | -> [--provider <provider>]")
    .argument("[error...]")
    .option("-p, --provider <name>", "Whose error it is: a name, a path or a package")
    .option("--json", "Print the explanation as JSON")
    .action(async (words: string[], { provider, json }: Options) => {
      const given = words.join(" ");
      const error = given === "-" || (given === "" && io.hasInput) ? await io.stdin() : given;
      if (error.trim() === "")
        throw usageError("Explain what? Such as `llm-provider explain 422 --provider mistral`, or `-` to read stdin.");
      const definition =
        provider === undefined ? undefined : (await loadProvider(provider, io, io.providers)).definition;
      const input = readError(error);
      if (!definition && /^\d{3}$/.test(error.trim()))
        throw usageError(`Whose ${error.trim()}? Name the provider: \`--provider mistral\`.`);
      const explanation = explainError(definition ?? proveProvider(input, await knownDefinitions(io)), input);
      // Without a provider, the JSON is a list.
      const answer = json
        ? `${toJson(definition ? explanation : [explanation])}\n`
        : describe(explanation, quoteOf(error, input), io);
      // A hint may quote the error, and an error may quote a key.
      io.out(maskKeys(answer));
      if (!explanation.isKnown) io.exitCode = 1;
    });
}

/** The explained error, if it is only a part of the text. */
function quoteOf(given: string, { text, entry }: LoggedError): string | undefined {
  if (!given.trim().includes("\n")) return undefined;
  const [line = ""] = (text === "" ? entry : text).split("\n");
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

function describe(
  { isKnown, provider, status, code, cause, evidence, fix, librechat }: Explanation,
  quote: string | undefined,
  io: CliIo,
): string {
  const { bold, dim, cyan, yellow } = paint(io);
  const columns = Math.min(io.columns, 100);
  const block = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0
      ? []
      : [`${dim(title.padEnd(10))} ${lines.flatMap((line) => wrap(line, columns - 11)).join(`\n${" ".repeat(11)}`)}`];
  const head = [provider, status === undefined ? undefined : `HTTP ${status}`, code].filter(Boolean).join(" · ");
  return `${[
    ...(head === "" ? [] : [bold(head)]),
    ...block("error", quote === undefined || quote === "" ? [] : [quote]),
    ...block(isKnown ? "cause" : "unknown", [cause]),
    ...block(
      "evidence",
      evidence.flatMap(({ text, source }) => [text, source]),
    ),
    ...block("fix", fix),
    ...(librechat === undefined ? [] : [`${dim("librechat ".padEnd(10))} ${cyan(librechat)}`]),
    ...block("more", isKnown && code ? [pageAbout(code)] : []),
    ...(isKnown || status === undefined ? [] : [yellow("This is a guess by the status.")]),
  ].join("\n")}\n`;
}

/** The page that an error of this code names, with the answers of every provider that lead to it. */
function pageAbout(code: ErrorCode): string {
  return new ProviderError("", { code, provider: "" }).help;
}
