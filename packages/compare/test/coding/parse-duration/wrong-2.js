export function parseDuration(text) {
  const match = /^\s*(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?\s*$/.exec(text);
  if (!match) throw new RangeError("This is not a duration.");
  const [, d = 0, h = 0, m = 0, s = 0] = match.map((one) => (one === undefined ? undefined : Number(one)));
  return d * 86400 + h * 3600 + m * 60 + s;
}
