/** 1 failed, 2 wrong use, 3 folder not empty, 130 cancelled. */
export type ExitCode = 1 | 2 | 3 | 130;

/** An error that is meant for a person: a sentence and the exit code it ends with. */
export type Stop = Error & { readonly exitCode: ExitCode };

export function stop(exitCode: ExitCode, message: string): Stop {
  return Object.assign(new Error(message), { exitCode });
}

export function isStop(error: unknown): error is Stop {
  return error instanceof Error && "exitCode" in error;
}
