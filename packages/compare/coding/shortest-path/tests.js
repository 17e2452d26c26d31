test("walks straight", () => expect(shortestPath(["S..E"])).toEqual({ minutes: 3, steps: 3 }));
test("walks around walls", () => expect(shortestPath(["S#E", ".#.", "..."])).toEqual({ minutes: 6, steps: 6 }));
test("avoids slow fields", () => expect(shortestPath(["S9E", "..."])).toEqual({ minutes: 4, steps: 4 }));
test("enters slow fields where that is quicker", () => expect(shortestPath(["S2E", "..."])).toEqual({ minutes: 3, steps: 2 }));
test("takes fewer steps of equal minutes", () => expect(shortestPath(["S3E", "..."])).toEqual({ minutes: 4, steps: 2 }));
test("finds no way", () => expect(shortestPath(["S#E"])).toBe(undefined));
test("needs no step", () => expect(shortestPath(["ES"])).toEqual({ minutes: 1, steps: 1 }));
test("is quick on a large map", () => {
  const size = 60;
  const map = Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => String(((x * 7 + y * 13) % 9) + 1)).join(""));
  map[0] = `S${map[0].slice(1)}`;
  map[size - 1] = `${map[size - 1].slice(0, -1)}E`;
  expect(shortestPath(map)).toEqual({ minutes: 394, steps: 118 });
});
