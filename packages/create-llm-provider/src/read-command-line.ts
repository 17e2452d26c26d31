import { parseArgs } from "node:util";
import { closestName } from "@llm-provider/core/internal";
import { answerOfFlag, flagOptions, type RunFlag } from "./flags.ts";
import { stop } from "./stop.ts";

export type CommandLine = {
  /** Answers as given, not checked yet. */
  answers: { [name: string]: unknown };
  config?: string;
  run: { readonly [flag in Exclude<RunFlag, "config">]?: boolean };
  /** The folder of `check`, where that was asked for. */
  check?: string;
};

/** Sorts a command line into answers and the rest; stops with exit code 2 where it makes no sense. */
export function readCommandLine(words: readonly string[]): CommandLine {
  const { values, positionals, tokens } = parse(words);
  const repeated = tokens.filter((token) => token.kind === "option").map(({ name }) => name);
  const twice = repeated.find((name, index) => repeated.indexOf(name) !== index);
  if (twice) throw stop(2, `--${twice} is given twice.`);

  const answers: { [name: string]: unknown } = {};
  const run: { [flag: string]: boolean } = {};
  for (const [flag, value] of Object.entries(values)) {
    const name = answerOfFlag.get(flag);
    if (name === "models")
      answers["models"] = String(value)
        .split(",")
        .map((model) => model.trim())
        .filter(Boolean);
    else if (name) answers[name] = value;
    else if (flag !== "config") run[flag] = value as boolean;
  }
  const line: CommandLine = { answers, run, config: values["config"] as string | undefined };
  if (positionals[0] === "check") {
    if (positionals.length > 2) throw stop(2, "check takes one folder: create-llm-provider check [folder].");
    return { ...line, check: positionals[1] ?? "." };
  }
  if (positionals.length > 1) {
    throw stop(
      2,
      `One id is enough; ${JSON.stringify(positionals[1])} is one too many. An id with a blank in it is no id: use acme-ai.`,
    );
  }
  if (positionals[0] !== undefined) answers["id"] = positionals[0];
  return line;
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: flagOptions,
      allowPositionals: true,
      allowNegative: true,
      strict: true,
      tokens: true,
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const unknown = /'-*([^']*)'/.exec(message)?.[1];
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && unknown !== undefined) {
      const near = closestName(unknown.replace(/^no-/, ""), Object.keys(flagOptions));
      throw stop(2, `--${unknown} is no option here.${near ? ` Did you mean --${near}?` : ""} See --help.`);
    }
    const needing = /^Option '(?:-\w, )?(--[\w-]+) <value>' argument missing/.exec(message)?.[1];
    if (needing) throw stop(2, `${needing} needs a value. See --help.`);
    throw stop(2, `${message.split(/\.(\s|$)/)[0]!.replace(/^Option '(-\w, )?(--[\w-]+)[^']*'/, "$2")}. See --help.`);
  }
}
