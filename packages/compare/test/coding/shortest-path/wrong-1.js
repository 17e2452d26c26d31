export function shortestPath(map) {
  const y = map.findIndex((row) => row.includes("S"));
  const queue = [[map[y].indexOf("S"), y, 0, 0]];
  const seen = new Set();
  for (const [x, y, minutes, steps] of queue) {
    const mark = map[y]?.[x];
    if (mark === undefined || mark === "#" || seen.has(`${x},${y}`)) continue;
    seen.add(`${x},${y}`);
    const total = steps === 0 ? 0 : minutes + (Number(mark) || 1);
    if (mark === "E") return { minutes: total, steps };
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) queue.push([x + dx, y + dy, total, steps + 1]);
  }
}
