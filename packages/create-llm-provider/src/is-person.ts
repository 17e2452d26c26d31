/** Variables that the terminals of coding agents set: a prompt there would wait for ever. */
const agentVariables = ["AI_AGENT", "CLAUDECODE", "CODEX_SANDBOX", "CURSOR_AGENT", "GEMINI_CLI", "OPENCODE"];

/** Is there somebody who can answer a question? Decided before the first one: a prompt library on a closed input ends the process with 0. */
export function isPerson(
  terminal: { input: boolean; output: boolean },
  environment: { readonly [name: string]: string | undefined },
  run: { readonly yes?: boolean; readonly json?: boolean },
): boolean {
  if (run.yes || run.json || !terminal.input || !terminal.output) return false;
  if (environment["CI"] && environment["CI"] !== "false") return false;
  return environment["TERM"] !== "dumb" && agentVariables.every((name) => !environment[name]);
}
