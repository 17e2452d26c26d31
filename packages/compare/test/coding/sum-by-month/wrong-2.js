export function sumByMonth(payments) {
  const groups = new Map();
  for (const { date, amount, currency } of payments) {
    const key = date.slice(0, 7);
    const group = groups.get(key) ?? { month: key, currency, total: 0, count: 0 };
    group.total = Math.round((group.total + amount) * 100) / 100;
    group.count++;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}
