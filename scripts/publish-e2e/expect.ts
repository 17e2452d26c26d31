/** Fails the run with a sentence if a condition is false. */
export function expect(isTrue: boolean, what: string): asserts isTrue {
  if (!isTrue) throw new Error(`This is not the case: ${what}`);
}
