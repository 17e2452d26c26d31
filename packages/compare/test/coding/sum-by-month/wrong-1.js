export function sumByMonth(payments) {
  const groups = {};
  for (const { date, amount, currency } of payments) {
    const month = date.slice(0, 7);
    const group = (groups[`${month}-${currency}`] ??= { month, currency, total: 0, count: 0 });
    group.total += amount;
    group.count++;
  }
  return Object.values(groups).sort((a, b) => a.month.localeCompare(b.month) || a.currency.localeCompare(b.currency));
}
