import type { Command } from "../command.ts";
import { commands } from "../commands.ts";
import { providers } from "../providers.generated.ts";
import { usageError } from "../usage-error.ts";

export const completion: Command = {
  summary: "Print a script for tab completion",
  usage: "completion <bash|zsh|fish>",
  description: "Completes commands, options and the names of the providers that come with the program.",
  options: {},
  examples: [
    "llm-provider completion bash >> ~/.bashrc",
    "llm-provider completion zsh > ~/.zfunc/_llm-provider",
    "llm-provider completion fish > ~/.config/fish/completions/llm-provider.fish",
  ],
  async run(_values, [shell], io) {
    const entries = await Promise.all(
      Object.entries(commands).map(async ([name, { summary, load }]) => ({ ...(await load()), name, summary })),
    );
    const words = entries.map(({ name, options, subcommands }) => ({
      name,
      words: [...Object.keys(options).map((option) => `--${option}`), ...Object.keys(subcommands ?? providers)].join(
        " ",
      ),
    }));
    const names = entries.map(({ name }) => name).join(" ");
    if (shell === "bash") io.out(bash(names, words));
    else if (shell === "zsh")
      io.out(`#compdef llm-provider\nautoload -U bashcompinit && bashcompinit\n${bash(names, words)}`);
    else if (shell === "fish") io.out(fish(entries, words));
    else throw usageError("Which shell? `llm-provider completion bash`, `zsh` or `fish`.");
    return 0;
  },
};

type Words = readonly { name: string; words: string }[];

function bash(names: string, words: Words): string {
  const cases = words.map(({ name, words: list }) => `    ${name}) words="${list}" ;;`).join("\n");
  return `_llm_provider() {\n  local words="${names} --help --version"\n  if [ "$COMP_CWORD" -gt 1 ]; then case "\${COMP_WORDS[1]}" in\n${cases}\n  esac; fi\n  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))\n}\ncomplete -o default -F _llm_provider llm-provider\n`;
}

function fish(entries: readonly { name: string; summary: string }[], words: Words): string {
  const list = entries.map(
    ({ name, summary }) =>
      `complete -c llm-provider -n __fish_use_subcommand -f -a ${name} -d '${summary.replaceAll("'", "")}'`,
  );
  return `${[...list, ...words.map(({ name, words: all }) => `complete -c llm-provider -n '__fish_seen_subcommand_from ${name}' -a '${all}'`)].join("\n")}\n`;
}
