/** Why nothing was written: a sentence, and the exit code for a program (1 refused, 2 wrong use). */
export function refusal(message: string, exitCode: 1 | 2 = 1): Error & { readonly exitCode: 1 | 2 } {
  return Object.assign(new Error(message), { exitCode });
}
