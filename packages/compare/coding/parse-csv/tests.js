test("splits rows and fields", () => expect(parseCsv("a,b\n1,2")).toEqual([["a", "b"], ["1", "2"]]));
test("keeps empty fields and white space", () => expect(parseCsv(" a,,b \n,")).toEqual([[" a", "", "b "], ["", ""]]));
test("reads commas and line breaks in quotes", () =>
  expect(parseCsv('"a,b","c\nd"\r\n"",x')).toEqual([["a,b", "c\nd"], ["", "x"]]));
test("reads doubled quotes", () => expect(parseCsv('"say ""hi"""')).toEqual([['say "hi"']]));
test("adds no row for the last line break", () => expect(parseCsv("a\r\nb\r\n")).toEqual([["a"], ["b"]]));
test("has no rows for the empty text", () => expect(parseCsv("")).toEqual([]));
test("refuses a quote that is not closed", () => expect(() => parseCsv('a,"b')).toThrow(SyntaxError));
