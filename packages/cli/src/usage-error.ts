/** A wrong use of the command line: a sentence, what to do, exit code 2. */
export function usageError(message: string): Error & { readonly exitCode: 2 } {
  return Object.assign(new Error(message), { exitCode: 2 as const });
}
