test("reads names and values", () => expect(parseQuery("?a=1&b=two")).toEqual({ a: "1", b: "two" }));
test("decodes", () => expect(parseQuery("q=a+b%26c&%C3%BC=1")).toEqual({ q: "a b&c", ü: "1" }));
test("collects names that come again", () => expect(parseQuery("a=1&b=2&a=3&a=")).toEqual({ a: ["1", "3", ""], b: "2" }));
test("reads a name alone", () => expect(parseQuery("a&b=")).toEqual({ a: "", b: "" }));
test("ignores empty parts", () => expect(parseQuery("a=1&&b=2&")).toEqual({ a: "1", b: "2" }));
test("splits at the first sign", () => expect(parseQuery("a=b=c")).toEqual({ a: "b=c" }));
test("keeps what cannot be decoded", () => expect(parseQuery("a=%zz")).toEqual({ a: "%zz" }));
test("gives nothing for the empty query", () => expect(parseQuery("?")).toEqual({}));
test("takes any name", () => {
  const parsed = parseQuery("__proto__=1&constructor=2&constructor=3");
  expect(Object.keys(parsed).sort()).toEqual(["__proto__", "constructor"]);
  expect(Object.getOwnPropertyDescriptor(parsed, "__proto__").value).toBe("1");
  expect(parsed.constructor).toEqual(["2", "3"]);
});
