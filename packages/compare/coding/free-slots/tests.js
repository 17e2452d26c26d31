test("finds gaps", () => expect(freeSlots([[540, 600], [660, 720]], [480, 1020], 30)).toEqual([[480, 540], [600, 660], [720, 1020]]));
test("sorts and merges", () => expect(freeSlots([[700, 800], [500, 600], [550, 720]], [480, 900], 10)).toEqual([[480, 500], [800, 900]]));
test("merges what touches", () => expect(freeSlots([[500, 600], [600, 700]], [500, 800], 1)).toEqual([[700, 800]]));
test("leaves out what is too short", () => expect(freeSlots([[500, 520], [530, 540]], [500, 600], 20)).toEqual([[540, 600]]));
test("takes a slot that just fits", () => expect(freeSlots([[500, 520], [540, 600]], [500, 600], 20)).toEqual([[520, 540]]));
test("cuts at the day", () => expect(freeSlots([[0, 490], [1000, 2000]], [480, 1020], 1)).toEqual([[490, 1000]]));
test("ignores what lies outside the day", () => expect(freeSlots([[0, 100], [1100, 1200]], [480, 1020], 1)).toEqual([[480, 1020]]));
test("knows a long one that contains others", () => expect(freeSlots([[500, 900], [600, 650], [700, 710]], [500, 1000], 5)).toEqual([[900, 1000]]));
test("ignores what is no time", () => expect(freeSlots([[600, 600], [700, 650]], [500, 800], 1)).toEqual([[500, 800]]));
test("gives nothing where all is busy", () => expect(freeSlots([[0, 1440]], [480, 1020], 1)).toEqual([]));
test("leaves the input alone", () => {
  const busy = Object.freeze([Object.freeze([700, 800]), Object.freeze([500, 600])]);
  expect(freeSlots(busy, [480, 900], 30)).toHaveLength(2);
});
