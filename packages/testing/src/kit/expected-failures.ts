/** A check that is known to fail: the only way out of the suite, and never a quiet one. */
export type ExpectedFailure = {
  /** The name of the check. */
  readonly name: string;
  /** A sentence: why, and where it is followed up. */
  readonly reason: string;
  /** YYYY-MM-DD: from then on it is a failure again. */
  readonly until?: string;
};

/** What is wrong with the list itself. */
export function checkExpectedFailures(expected: readonly ExpectedFailure[], names: ReadonlySet<string>): string[] {
  return expected.flatMap(({ name, reason, until }) => {
    if (!names.has(name)) return [`expectedFailures names ${name}, but this definition has no check of that name.`];
    if (reason.trim().length < 10) return [`expectedFailures gives no reason for ${name}: say why, in a sentence.`];
    if (until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(until))
      return [`expectedFailures for ${name}: write \`until\` as YYYY-MM-DD.`];
    return [];
  });
}

/** The outcome of a check that may fail: undefined where all is as expected, else the text of the failure. */
export function judge(
  text: string | undefined,
  expected: ExpectedFailure | undefined,
  today: string,
): string | undefined {
  if (!expected) return text;
  const { name, reason, until } = expected;
  if (text === undefined) return `${name} passes now. Remove it from expectedFailures (${reason}).`;
  if (until !== undefined && until < today)
    return `${text}\n  It was expected to fail until ${until}; that day is past (${reason}).`;
  return undefined;
}
