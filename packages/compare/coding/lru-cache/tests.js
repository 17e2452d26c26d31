const at = (capacity) => {
  const clock = { time: 0 };
  return { clock, cache: new Cache(capacity, () => clock.time) };
};
test("keeps values", () => {
  const { cache } = at(2);
  cache.set("a", 1);
  expect([cache.get("a"), cache.get("b"), cache.size]).toEqual([1, undefined, 1]);
});
test("drops the one used least recently", () => {
  const { cache } = at(2);
  cache.set("a", 1);
  cache.set("b", 2);
  cache.get("a");
  cache.set("c", 3);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
});
test("counts setting as use", () => {
  const { cache } = at(2);
  cache.set("a", 1);
  cache.set("b", 2);
  cache.set("a", 4);
  cache.set("c", 3);
  expect([cache.get("a"), cache.get("b"), cache.size]).toEqual([4, undefined, 2]);
});
test("knows lifetimes", () => {
  const { cache, clock } = at(2);
  cache.set("a", 1, 100);
  clock.time = 99;
  expect(cache.get("a")).toBe(1);
  clock.time = 100;
  expect([cache.get("a"), cache.size]).toEqual([undefined, 0]);
});
test("removes what is gone first", () => {
  const { cache, clock } = at(2);
  cache.set("old", 1);
  cache.set("short", 2, 10);
  clock.time = 10;
  cache.set("new", 3);
  expect([cache.get("old"), cache.get("short"), cache.get("new")]).toEqual([1, undefined, 3]);
});
test("replaces a lifetime", () => {
  const { cache, clock } = at(1);
  cache.set("a", 1, 10);
  cache.set("a", 2);
  clock.time = 1000;
  expect(cache.get("a")).toBe(2);
});
test("takes any key and value", () => {
  const { cache } = at(3);
  const key = {};
  cache.set(key, undefined);
  cache.set(1, "number");
  cache.set("1", "text");
  expect([cache.get(1), cache.get("1"), cache.size]).toEqual(["number", "text", 3]);
});
