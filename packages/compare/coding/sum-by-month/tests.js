const pay = (date, amount, currency = "EUR") => ({ date, amount, currency });
test("sums by month", () =>
  expect(sumByMonth([pay("2026-03-17", 10), pay("2026-03-01", 5.5), pay("2026-02-28", 1)])).toEqual([
    { month: "2026-02", currency: "EUR", total: 1, count: 1 },
    { month: "2026-03", currency: "EUR", total: 15.5, count: 2 },
  ]));
test("keeps currencies apart, and sorts them", () =>
  expect(sumByMonth([pay("2026-01-02", 1, "USD"), pay("2026-01-01", 2, "CHF")]).map((one) => one.currency)).toEqual(["CHF", "USD"]));
test("is exact", () => expect(sumByMonth(Array.from({ length: 10 }, () => pay("2026-01-01", 0.1)))[0].total).toBe(1));
test("is exact with refunds", () =>
  expect(sumByMonth([pay("2026-01-01", 1.1), pay("2026-01-01", 2.2), pay("2026-01-02", -3.3)])).toEqual([
    { month: "2026-01", currency: "EUR", total: 0, count: 3 },
  ]));
test("sorts over years", () =>
  expect(sumByMonth([pay("2026-01-01", 1), pay("2025-12-01", 1)]).map((one) => one.month)).toEqual(["2025-12", "2026-01"]));
test("gives nothing for nothing", () => expect(sumByMonth([])).toEqual([]));
test("leaves the input alone", () => {
  const given = Object.freeze([Object.freeze(pay("2026-02-01", 1)), Object.freeze(pay("2026-01-01", 1))]);
  expect(sumByMonth(given)).toHaveLength(2);
});
