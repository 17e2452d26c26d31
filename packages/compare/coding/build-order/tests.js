test("orders", () => expect(buildOrder({ app: ["ui", "api"], ui: ["core"], api: ["core"] })).toEqual(["core", "api", "ui", "app"]));
test("is alphabetical where it can be", () => expect(buildOrder({ c: [], a: [], b: [] })).toEqual(["a", "b", "c"]));
test("takes the first that is ready", () => expect(buildOrder({ a: ["z"], b: [], z: [] })).toEqual(["b", "z", "a"]));
test("names each once", () => expect(buildOrder({ a: ["b", "b"], c: ["b"] })).toEqual(["b", "a", "c"]));
test("knows nothing", () => expect(buildOrder({})).toEqual([]));
test("finds a circle", () => expect(() => buildOrder({ x: ["b"], b: ["c"], c: ["a"], a: ["b"] })).toThrow("a > b > c > a"));
test("finds a package that needs itself", () => expect(() => buildOrder({ a: ["a"], b: [] })).toThrow("a > a"));
test("takes names of built-in properties", () => expect(buildOrder({ constructor: ["toString"] })).toEqual(["toString", "constructor"]));
test("leaves the input alone", () => {
  const needs = { a: ["c", "b"], b: [], c: [] };
  buildOrder(needs);
  expect(needs).toEqual({ a: ["c", "b"], b: [], c: [] });
});
