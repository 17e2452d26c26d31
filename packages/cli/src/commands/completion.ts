import { createCommand } from "@llm-provider/testing/command";
import { Argument, type Command } from "commander";
import type { CliIo } from "../cli-io.ts";

const help = {
  description: "Completes commands, options and the names of the providers that come with the program.",
  examples: [
    "llm-provider completion bash >> ~/.bashrc",
    "llm-provider completion zsh > ~/.zfunc/_llm-provider",
    "llm-provider completion fish > ~/.config/fish/completions/llm-provider.fish",
  ],
};

export function completion(io: CliIo, summary: string): Command {
  return createCommand("completion", { summary, ...help }, io)
    .usage("<bash|zsh|fish>")
    .addArgument(new Argument("<shell>").choices(["bash", "zsh", "fish"]))
    .action((shell: string, _options: object, command: Command) => {
      const entries = command.parent!.commands.map((one) => entryOf(one, io));
      if (shell === "bash") io.out(bash(entries));
      else if (shell === "zsh")
        io.out(`#compdef llm-provider\nautoload -U bashcompinit && bashcompinit\n${bash(entries)}`);
      else io.out(fish(entries));
    });
}

interface Entry {
  readonly name: string;
  readonly summary: string;
  /** The words that may follow a command: its options, its subcommands or arguments, or the providers. */
  readonly words: string;
}

function entryOf(command: Command, { providers }: CliIo): Entry {
  const own = command.commands.map((one) => one.name());
  const options = [command, ...command.commands].flatMap((one) => one.options.map(({ long }) => long));
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  const operands = own.length > 0 ? own : choices.length > 0 ? choices : Object.keys(providers);
  const words = [...new Set(options), ...operands, "--help"];
  return { name: command.name(), summary: command.summary(), words: words.join(" ") };
}

function bash(entries: readonly Entry[]): string {
  const names = entries.map(({ name }) => name).join(" ");
  const cases = entries.map(({ name, words }) => `    ${name}) words="${words}" ;;`).join("\n");
  return `_llm_provider() {
  local words="${names} --help --version"
  if [ "$COMP_CWORD" -gt 1 ]; then case "\${COMP_WORDS[1]}" in
${cases}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _llm_provider llm-provider
`;
}

function fish(entries: readonly Entry[]): string {
  const lines = entries.flatMap(({ name, summary, words }) => [
    `complete -c llm-provider -n __fish_use_subcommand -f -a ${name} -d '${summary.replaceAll("'", "")}'`,
    `complete -c llm-provider -n '__fish_seen_subcommand_from ${name}' -a '${words}'`,
  ]);
  return `${lines.join("\n")}\n`;
}
