/** A check that is known to fail: the only way out of the suite, and never a quiet one. */
export type ExpectedFailure = {
  readonly id: string;
  /** A sentence: why, and where it is followed up. */
  readonly reason: string;
  /** YYYY-MM-DD: from then on it is a failure again. */
  readonly until?: string;
};

/** What is wrong with the list itself. */
export function checkExpectedFailures(expected: readonly ExpectedFailure[], ids: ReadonlySet<string>): string[] {
  return expected.flatMap(({ id, reason, until }) => {
    if (!ids.has(id)) return [`expectedFailures names ${id}, which is no check of this definition.`];
    if (reason.trim().length < 10) return [`expectedFailures gives no reason for ${id}: say why, in a sentence.`];
    if (until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(until))
      return [`expectedFailures for ${id}: write \`until\` as YYYY-MM-DD.`];
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
  const { id, reason, until } = expected;
  if (text === undefined) return `${id} passes now. Take it out of expectedFailures (${reason}).`;
  if (until !== undefined && until < today)
    return `${text}\n  It was expected to fail until ${until}, and that day is past (${reason}).`;
  return undefined;
}
