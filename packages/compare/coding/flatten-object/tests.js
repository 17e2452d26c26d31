test("flattens objects and arrays", () => expect(flatten({ a: { b: [1, 2], c: null }, d: "x" })).toEqual({ "a.b.0": 1, "a.b.1": 2, "a.c": null, d: "x" }));
test("keeps what is empty", () => expect(flatten({ a: {}, b: { c: [] } })).toEqual({ a: {}, "b.c": [] }));
test("escapes", () => expect(flatten({ "x.y": { "a\\b": 1 } })).toEqual({ "x\\.y.a\\\\b": 1 }));
test("unflattens", () => expect(unflatten({ "a.b.0": 1, "a.b.1": 2, d: 0 })).toEqual({ a: { b: [1, 2] }, d: 0 }));
test("makes arrays only without gaps", () => expect(unflatten({ "a.0": 1, "a.2": 2 })).toEqual({ a: { 0: 1, 2: 2 } }));
for (const value of [{ a: [{ b: [[], {}] }, null, "", false] }, { "a.b": { "\\": [1] }, "": { "": 1 } }, { list: [[1, [2]], 3] }])
  test(`comes back: ${JSON.stringify(value)}`, () => expect(unflatten(flatten(value))).toEqual(value));
test("orders indexes as numbers", () => {
  const list = Array.from({ length: 12 }, (_, index) => index);
  expect(unflatten(flatten({ list }))).toEqual({ list });
});
