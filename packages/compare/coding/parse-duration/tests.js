test("reads one part", () => expect(parseDuration("90s")).toBe(90));
test("reads all parts", () => expect(parseDuration("1d 2h 3m 4s")).toBe(93784));
test("needs no white space", () => expect(parseDuration("1h30m")).toBe(5400));
test("reads fractions", () => expect(parseDuration("1.5h")).toBe(5400));
test("ignores white space around", () => expect(parseDuration("  2m ")).toBe(120));
for (const text of ["", " ", "5", "h", "1m1h", "1h 2h", "-1s", "1 h", "1.s", "1x", "1h,2m"])
  test(`refuses ${JSON.stringify(text)}`, () => expect(() => parseDuration(text)).toThrow(RangeError));
