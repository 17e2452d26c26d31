export function buildOrder(needs) {
  const order = [];
  const open = new Set();
  const visit = (name) => {
    if (open.has(name)) throw new Error(`${[...open].join(" > ")} > ${name}`);
    if (order.includes(name)) return;
    open.add(name);
    for (const other of [...(needs[name] ?? [])].sort()) visit(other);
    open.delete(name);
    order.push(name);
  };
  Object.keys(needs).sort().forEach(visit);
  return order;
}
