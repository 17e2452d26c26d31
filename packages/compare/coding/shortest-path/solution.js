export function shortestPath(map) {
  const width = map[0].length;
  const cells = map.join("");
  const start = cells.indexOf("S");
  const best = new Map([[start, 0]]);
  // Minutes weigh more than any number of steps.
  const weight = cells.length + 1;
  const buckets = [[start]];
  for (let cost = 0; cost < buckets.length; cost++)
    for (const cell of buckets[cost] ?? []) {
      if (best.get(cell) !== cost) continue;
      if (cells[cell] === "E") return { minutes: Math.floor(cost / weight), steps: cost % weight };
      for (const next of neighbours(cell)) {
        const mark = cells[next];
        if (mark === "#" || mark === undefined) continue;
        const total = cost + (Number(mark) || 1) * weight + 1;
        if (total >= (best.get(next) ?? Infinity)) continue;
        best.set(next, total);
        (buckets[total] ??= []).push(next);
      }
    }
  return undefined;

  function neighbours(cell) {
    const x = cell % width;
    return [cell - width, cell + width, ...(x > 0 ? [cell - 1] : []), ...(x < width - 1 ? [cell + 1] : [])];
  }
}
