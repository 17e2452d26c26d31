export function freeSlots(busy, [dayStart, dayEnd], minutes) {
  const free = [];
  let at = dayStart;
  busy.sort((a, b) => a[0] - b[0]);
  for (const [start, end] of busy) {
    if (start - at > minutes) free.push([at, Math.min(start, dayEnd)]);
    at = Math.max(at, end);
  }
  if (dayEnd - at > minutes) free.push([at, dayEnd]);
  return free;
}
