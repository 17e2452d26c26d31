/** 1 failed, 2 wrong use, 3 folder not empty, 4 the probed endpoint stopped it, 130 cancelled. */
export type ExitCode = 1 | 2 | 3 | 4 | 130;

/** An error whose message is for a person; the program prints it and ends with `exitCode`. */
export class ExitError extends Error {
  override readonly name = "ExitError";
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
