const milliseconds: { readonly [unit: string]: number } = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000001,
};

/** Milliseconds of a duration such as `2m59.56s`, `1h`, `250ms`, or of a bare number of seconds. */
export function parseDuration(text: string): number | undefined {
  // A longer text cannot be a duration, and the pattern below takes time quadratic in its digits.
  const trimmed = text.slice(0, 100).trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  let total = 0;
  const rest = trimmed.replaceAll(/(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)\s*/g, (_, amount: string, unit: string) => {
    total += Number(amount) * milliseconds[unit]!;
    return "";
  });
  return trimmed !== "" && rest === "" ? total : undefined;
}
