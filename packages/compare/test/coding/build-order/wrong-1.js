export function buildOrder(needs) {
  const order = [];
  const visit = (name) => {
    if (order.includes(name)) return;
    for (const other of needs[name] ?? []) visit(other);
    order.push(name);
  };
  Object.keys(needs).sort().forEach(visit);
  return order;
}
