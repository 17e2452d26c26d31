const cases = {
  "1 + 2 * 3": 7, "(1 + 2) * 3": 9, "8 / 4 / 2": 1, "10 - 4 - 3": 3, "2^3^2": 512, "-2^2": -4, "2^-1": 0.5, "2*-3": -6,
  "--3": 3, "-(1+2)*2": -6, "0.5*4": 2, " 7 ": 7, "2*(3+(4-1))^2": 72, "1-2^2*3": -11,
};
for (const [text, value] of Object.entries(cases)) test(text, () => expect(evaluate(text)).toBeCloseTo(value, 9));
for (const text of ["", "1 +", "(1", "1)", "1 2", "*3", "a", "1..2", "2 ** 3", "()", "1 + alert(1)"])
  test(`refuses ${JSON.stringify(text)}`, () => expect(() => evaluate(text)).toThrow(SyntaxError));
test("uses no eval", () => expect(evaluate.toString()).not.toMatch(/\beval\s*\(|\bFunction\s*\(/));
