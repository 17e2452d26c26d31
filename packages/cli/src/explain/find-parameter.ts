/** How endpoints name the parameter that they did not like. Group 1 is the name. */
const patterns: readonly RegExp[] = [
  /Extra inputs are not permitted, field: '([\w.]+)'/,
  /Unsupported parameter:? ['"`]([\w.]+)['"`]/,
  /Unrecognized request arguments? supplied: (\w+)/,
  /Unknown (?:parameter|argument|field|name):? ['"`]([\w.]+)['"`]/i,
  /property ['"`]([\w.]+)['"`] is (?:unsupported|not supported)/i,
  /['"`](\w+)['"`] (?:is|are) (?:not supported|unsupported|not permitted|not allowed|unknown)/i,
  /(?:parameter|field|argument) ['"`]?(\w+)['"`]? (?:is|are) (?:not supported|unsupported|not permitted|not allowed|unknown)/i,
  /"loc"\s*:\s*\[\s*"body"\s*,\s*"(\w+)"/,
  /\bbody\.(\w+)/,
  /"param"\s*:\s*"(\w+)"/,
  /\bfield required:? ['"`]?(\w+)/i,
];

/** The parameter that an error text blames, if it names one. */
export function findParameter(text: string): string | undefined {
  const unescaped = text.replaceAll('\\"', '"');
  for (const pattern of patterns) {
    const name = pattern.exec(unescaped)?.[1];
    if (name !== undefined) return name.split(".").at(-1);
  }
  return undefined;
}
