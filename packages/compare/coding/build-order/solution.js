export function buildOrder(needs) {
  const open = new Map();
  const add = (name) => {
    if (!open.has(name)) open.set(name, new Set(Object.hasOwn(needs, name) ? needs[name] : []));
  };
  for (const [name, others] of Object.entries(needs)) [name, ...others].forEach(add);
  const order = [];
  while (open.size > 0) {
    const ready = [...open.keys()].filter((name) => open.get(name).size === 0).sort(byName);
    if (ready.length === 0) throw new Error(`A circle: ${findCircle(open).join(" > ")}`);
    order.push(ready[0]);
    open.delete(ready[0]);
    for (const left of open.values()) left.delete(ready[0]);
  }
  return order;
}

const byName = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

function findCircle(open) {
  const way = [];
  let at = [...open.keys()][0];
  while (!way.includes(at)) {
    way.push(at);
    [at] = open.get(at);
  }
  const circle = way.slice(way.indexOf(at));
  const first = circle.indexOf([...circle].sort(byName)[0]);
  return [...circle.slice(first), ...circle.slice(0, first), circle[first]];
}
