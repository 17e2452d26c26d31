test("lowers and joins", () => expect(slugify("Hello World")).toBe("hello-world"));
test("drops accents", () => expect(slugify("Crème brûlée à la carte")).toBe("creme-brulee-a-la-carte"));
test("joins runs", () => expect(slugify("a -- b?!c")).toBe("a-b-c"));
test("trims", () => expect(slugify("  (Draft) ")).toBe("draft"));
