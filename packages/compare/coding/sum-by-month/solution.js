export function sumByMonth(payments) {
  const groups = new Map();
  for (const { date, amount, currency } of payments) {
    const month = date.slice(0, 7);
    const key = `${month} ${currency}`;
    const group = groups.get(key) ?? { month, currency, cents: 0, count: 0 };
    group.cents += Math.round(amount * 100);
    group.count++;
    groups.set(key, group);
  }
  return [...groups.keys()].sort().map((key) => {
    const { cents, month, currency, count } = groups.get(key);
    return { month, currency, total: cents / 100, count };
  });
}
