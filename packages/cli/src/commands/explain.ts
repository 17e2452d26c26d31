import type { Command } from "../command.ts";
import { explainError, type Explanation } from "../explain/explain-error.ts";
import { readError } from "../explain/read-error.ts";
import type { Io } from "../io.ts";
import { loadFactory } from "../load-factory.ts";
import { paint } from "../paint.ts";
import { providers } from "../providers.generated.ts";
import { usageError } from "../usage-error.ts";
import { wrap } from "../wrap.ts";

export const explain: Command = {
  summary: "Say what an error means and what to do",
  usage: "explain <status | text | JSON | -> [--provider <provider>]",
  description:
    'Takes a status, the text of an error, or its JSON body; `-` reads stdin. Gives the cause, what that rests on, and what to do, for LibreChat as the line for librechat.yaml. Says "unknown" where it does not know. Without a provider, it says whose error it sounds like.',
  options: {
    provider: {
      type: "string",
      short: "p",
      value: "NAME",
      description: "Whose error it is: a name, a path or a package",
    },
    json: { type: "boolean", description: "Print the explanation as JSON" },
  },
  examples: [
    "llm-provider explain 422 --provider mistral",
    'llm-provider explain --provider groq "Request too large for model"',
    "docker logs LibreChat 2>&1 | tail -n 1 | llm-provider explain - --provider deepseek",
  ],
  async run(values, positionals, io) {
    const given = positionals.join(" ");
    const text = given === "-" || (given === "" && io.hasInput) ? await io.stdin() : given;
    if (text.trim() === "")
      throw usageError("Explain what? Such as `llm-provider explain 422 --provider mistral`, or `-` to read stdin.");
    const input = readError(text);
    const name = values["provider"] as string | undefined;
    const explanations =
      name === undefined ? await explainByAll(input) : [explainError((await loadFactory(name, io)).definition, input)];
    if (values["json"]) io.out(`${JSON.stringify(name === undefined ? explanations : explanations[0], null, 2)}\n`);
    else io.out(explanations.map((explanation) => describe(explanation, io)).join("\n"));
    return explanations.some(({ isKnown }) => isKnown) ? 0 : 1;
  },
};

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

function describe({ isKnown, provider, status, code, cause, evidence, fix, librechat }: Explanation, io: Io): string {
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
