const items = Object.freeze(["a", "b", "c", "d", "e"]);
test("gives the first page", () => expect(paginate(items, 1, 2)).toEqual({ items: ["a", "b"], pages: 3, previous: null, next: 2 }));
test("gives a page in the middle", () => expect(paginate(items, 2, 2)).toEqual({ items: ["c", "d"], pages: 3, previous: 1, next: 3 }));
test("gives the last page", () => expect(paginate(items, 3, 2)).toEqual({ items: ["e"], pages: 3, previous: 2, next: null }));
test("has no empty page at the end", () => expect(paginate(["a", "b"], 1, 2)).toEqual({ items: ["a", "b"], pages: 1, previous: null, next: null }));
test("has one page for no items", () => expect(paginate([], 1, 10)).toEqual({ items: [], pages: 1, previous: null, next: null }));
test("keeps within the pages", () => expect([paginate(items, 0, 5).items.length, paginate(items, 99, 2).items]).toEqual([5, ["e"]]));
test("leaves the input alone", () => {
  const given = [1, 2, 3];
  paginate(given, 1, 2);
  expect(given).toEqual([1, 2, 3]);
});
for (const size of [0, -1, 1.5, NaN, Infinity, "2"]) test(`refuses the size ${size}`, () => expect(() => paginate(items, 1, size)).toThrow(RangeError));
