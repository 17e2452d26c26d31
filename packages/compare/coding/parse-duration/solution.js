export function parseDuration(text) {
  const number = "(\\d+(?:\\.\\d+)?)";
  const pattern = new RegExp(`^\\s*(?:${number}d\\s*)?(?:${number}h\\s*)?(?:${number}m\\s*)?(?:${number}s\\s*)?$`);
  const match = pattern.exec(text);
  if (!match || text.trim() === "") throw new RangeError(`This is not a duration: ${text}`);
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = match;
  return Number(days) * 86400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
