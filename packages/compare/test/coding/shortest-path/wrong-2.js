export function shortestPath(map) {
  const start = map.findIndex((row) => row.includes("S"));
  const open = [{ x: map[start].indexOf("S"), y: start, minutes: 0, steps: 0 }];
  const best = {};
  while (open.length) {
    open.sort((a, b) => b.minutes - a.minutes);
    const { x, y, minutes, steps } = open.pop();
    if (map[y][x] === "E") return { minutes, steps };
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      const mark = map[y + dy]?.[x + dx];
      const total = minutes + (Number(mark) || 1);
      if (mark === undefined || mark === "#" || best[`${x + dx},${y + dy}`] < total) continue;
      best[`${x + dx},${y + dy}`] = total;
      open.push({ x: x + dx, y: y + dy, minutes: total, steps: steps + 2 - 1 });
    }
    if (open.length > 3000) return undefined;
  }
}
