test("finds a typo", () => expect(closestWord("temprature", ["top_p", "temperature", "seed"])).toBe("temperature"));
test("counts a swap once", () => expect(closestWord("sede", ["seed"], 1)).toBe("seed"));
test("finds nothing far away", () => expect(closestWord("banana", ["seed", "stop"])).toBe(undefined));
test("takes the closest", () => expect(closestWord("stopp", ["shop", "stop", "stoop"])).toBe("stop"));
test("takes the first of equals", () => expect(closestWord("bat", ["cat", "hat"], 1)).toBe("cat"));
test("ignores case", () => expect(closestWord("SEED", ["Seed"], 0)).toBe("Seed"));
test("counts code points", () => expect(closestWord("a😀b", ["a😃b"], 1)).toBe("a😃b"));
test("knows the limit", () => expect([closestWord("abc", ["abcde"], 2), closestWord("abc", ["abcde"], 1)]).toEqual(["abcde", undefined]));
test("knows empty words", () => expect([closestWord("", ["ab"], 2), closestWord("ab", [""], 1), closestWord("a", [])]).toEqual(["ab", undefined, undefined]));
test("is quick", () => {
  const known = Array.from({ length: 2000 }, (_, index) => `${String(index).padStart(6, "0")}abcdefghijklmn`);
  expect(closestWord("001999abcdefghijklnm", known)).toBe("001999abcdefghijklmn");
});
