const date = (time) => new Date(time);
const equal = [[1, 1], [0, -0], [NaN, NaN], ["a", "a"], [null, null], [[1, [2]], [1, [2]]], [{ a: 1, b: { c: 2 } }, { b: { c: 2 }, a: 1 }],
  [date(1), date(1)], [new Map([["a", { b: 1 }]]), new Map([["a", { b: 1 }]])], [new Set([1, 2]), new Set([2, 1])], [[undefined], [undefined]]];
const different = [[1, "1"], [0, ""], [null, undefined], [null, {}], [{}, null], [[1], [1, 2]], [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: undefined }, { b: undefined }], [[], {}], [date(1), date(2)], [date(1), {}], [new Map([["a", 1]]), new Map([["a", 2]])],
  [new Map([["a", undefined]]), new Map([["b", undefined]])], [new Set([1]), new Set([2])], [new Set([{}]), new Set([{}])],
  [new (class A {})(), {}], [() => 1, () => 1], [[undefined], [,]]];
for (const [index, [a, b]] of equal.entries()) test(`equal ${index + 1}`, () => expect([deepEqual(a, b), deepEqual(b, a)]).toEqual([true, true]));
for (const [index, [a, b]] of different.entries()) test(`different ${index + 1}`, () => expect([deepEqual(a, b), deepEqual(b, a)]).toEqual([false, false]));
test("ends for circles", () => {
  const one = { name: "x" };
  one.self = one;
  const other = { name: "x" };
  other.self = other;
  const third = { name: "y" };
  third.self = third;
  expect([deepEqual(one, other), deepEqual(one, third)]).toEqual([true, false]);
});
test("compares what comes twice", () => {
  const shared = { a: 1 };
  expect([deepEqual([shared, shared], [{ a: 1 }, { a: 1 }]), deepEqual([shared, shared], [{ a: 1 }, { a: 2 }])]).toEqual([true, false]);
});
