import type { Io } from "./io.ts";

export type Option = {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands after the flag in the help, e.g. `URL`. */
  readonly value?: string;
  readonly description: string;
};

export type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** One command of the program. Its module is loaded only when it is asked for. */
export type Command = {
  /** One line for the list. */
  readonly summary: string;
  /** Without the program's name, e.g. `chat <provider>[:<model>] [prompt]`. */
  readonly usage: string;
  /** Further paragraphs of the help. */
  readonly description?: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
  /** Commands of this one, e.g. of `librechat`. */
  readonly subcommands?: CommandTable;
  /** Returns the exit code: 0 done, 1 failed, 2 wrong use. */
  run?(values: Values, positionals: readonly string[], io: Io): Promise<number>;
};

export type CommandTable = Readonly<
  Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>
>;
