import {
  createCommand,
  loadProvider,
  paint,
  toJson,
  usageError,
  wrap,
  type CommandIo,
} from "@llm-provider/testing/command";
import { maskKeys } from "@llm-provider/core/internal";
import type { Command } from "commander";
import { explainError, type Explanation } from "../explain/explain-error.ts";
import { readError } from "../explain/read-error.ts";
import { providers } from "../providers.generated.ts";

interface Options {
  readonly provider?: string;
  readonly json?: boolean;
}

const help = {
  description:
    'Takes a status, the text of an error, or its JSON body; `-` reads stdin. Prints the cause, the evidence for it, and the fix; for LibreChat, the line for librechat.yaml. Prints "unknown" where it does not know. Without a provider, it finds the providers whose error it could be.',
  examples: [
    "llm-provider explain 422 --provider mistral",
    'llm-provider explain --provider groq "Request too large for model"',
    "docker logs LibreChat 2>&1 | tail -n 1 | llm-provider explain - --provider deepseek",
  ],
};

export function explain(io: CommandIo, summary: string): Command {
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
      const input = readError(error);
      const explanations =
        provider === undefined
          ? await explainByAll(input)
          : [explainError((await loadProvider(provider, io, providers)).definition, input)];
      const answer = json
        ? `${toJson(provider === undefined ? explanations : explanations[0])}\n`
        : explanations.map((explanation) => describe(explanation, io)).join("\n");
      // A hint may quote the error, and an error may quote a key.
      io.out(maskKeys(answer));
      if (!explanations.some(({ isKnown }) => isKnown)) io.exitCode = 1;
    });
}

/** Whose error does it sound like? A bare status sounds like everybody's. */
async function explainByAll(input: ReturnType<typeof readError>): Promise<Explanation[]> {
  if (/^\d{3}$/.test(input.text)) throw usageError(`Whose ${input.text}? Name the provider: \`--provider mistral\`.`);
  const all = await Promise.all(
    Object.values(providers).map(async (load) => explainError((await load()).definition, input)),
  );
  const sure = all.filter(({ isKnown, evidence }) => isKnown && evidence.length > 0);
  return sure.length > 0
    ? sure.slice(0, 3)
    : [
        {
          isKnown: false,
          cause: "it sounds like no provider that comes with the program.",
          evidence: [],
          fix: ["Name the provider with `--provider`, and give the whole body."],
        },
      ];
}

function describe(
  { isKnown, provider, status, code, cause, evidence, fix, librechat }: Explanation,
  io: CommandIo,
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
    ...block(isKnown ? "cause" : "unknown", [cause]),
    ...block(
      "evidence",
      evidence.flatMap(({ text, source }) => [text, source]),
    ),
    ...block("fix", fix),
    ...(librechat === undefined ? [] : [`${dim("librechat ".padEnd(10))} ${cyan(librechat)}`]),
    ...(isKnown || status === undefined ? [] : [yellow("This is a guess by the status.")]),
  ].join("\n")}\n`;
}
