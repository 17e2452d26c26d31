/** Ends the run with a sentence when a condition fails. */
export function expect(isTrue: boolean, what: string): asserts isTrue {
  if (!isTrue) throw new Error(`This is not the case: ${what}`);
}
