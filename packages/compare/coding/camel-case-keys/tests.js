test("renames keys", () => expect(camelCaseKeys({ first_name: 1, "last-name": 2 })).toEqual({ firstName: 1, lastName: 2 }));
test("goes deep", () => expect(camelCaseKeys([{ a_b: [{ c_d: { e_f: "g_h" } }] }, null])).toEqual([{ aB: [{ cD: { eF: "g_h" } }] }, null]));
test("lowers capitals", () => expect(camelCaseKeys({ HTTP_status: 1, ID: 2, MAX_SIZE: 3 })).toEqual({ httpStatus: 1, id: 2, maxSize: 3 }));
test("keeps camelCase", () => expect(camelCaseKeys({ firstName: 1, aBC: 2 })).toEqual({ firstName: 1, aBC: 2 }));
test("keeps underscores at the start", () => expect(camelCaseKeys({ _private_id: 1, __v: 2 })).toEqual({ _privateId: 1, __v: 2 }));
test("joins digits", () => expect(camelCaseKeys({ line_2: 1, a_1_b: 2 })).toEqual({ line2: 1, a1B: 2 }));
test("returns a copy", () => {
  const given = { a_b: { c: [1] } };
  const copy = camelCaseKeys(given);
  copy.aB.c.push(2);
  expect(given).toEqual({ a_b: { c: [1] } });
});
test("refuses two equal keys", () => expect(() => camelCaseKeys({ a_b: 1, "a-b": 2 })).toThrow(/aB/));
test("leaves other values alone", () => expect([camelCaseKeys("a_b"), camelCaseKeys(null), camelCaseKeys(3)]).toEqual(["a_b", null, 3]));
