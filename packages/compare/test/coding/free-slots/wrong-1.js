export function freeSlots(busy, [dayStart, dayEnd], minutes) {
  const free = [];
  let at = dayStart;
  for (const [start, end] of [...busy].sort((a, b) => a[0] - b[0])) {
    if (start - at >= minutes) free.push([at, start]);
    at = end;
  }
  if (dayEnd - at >= minutes) free.push([at, dayEnd]);
  return free;
}
