export function freeSlots(busy, [dayStart, dayEnd], minutes) {
  const free = [];
  let at = dayStart;
  const add = (end) => {
    if (end - at >= minutes && end > at) free.push([at, end]);
  };
  const sorted = busy.filter(([start, end]) => end > start).sort((one, other) => one[0] - other[0]);
  for (const [start, end] of sorted) {
    add(Math.min(start, dayEnd));
    at = Math.max(at, end);
  }
  add(dayEnd);
  return free;
}
