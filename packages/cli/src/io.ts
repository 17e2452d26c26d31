/** What a command reads from and writes to: the process, or a test. */
export type Io = {
  /** The result, and nothing else. */
  out(text: string): void;
  /** Everything that is said about it. */
  err(text: string): void;
  stdin(): Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** A person looks at the output. */
  readonly isTerminal: boolean;
  /** Something was piped in. */
  readonly hasInput: boolean;
  /** Characters. */
  readonly columns: number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
};
