export function parseDuration(text) {
  const units = { d: 86400, h: 3600, m: 60, s: 1 };
  let total = 0;
  for (const [, number, unit] of text.matchAll(/([\d.]+)\s*([dhms])/g)) total += Number(number) * units[unit];
  return total;
}
