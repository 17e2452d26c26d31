/** Ends the run with a sentence when something does not hold. */
export function expect(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`This does not hold: ${what}`);
}
