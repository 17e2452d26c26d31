const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
test("keeps the order", async () => expect(await mapLimit([30, 10, 20], 3, async (wait) => (await sleep(wait), wait))).toEqual([30, 10, 20]));
test("gives the index", async () => expect(await mapLimit(["a", "b"], 1, (item, index) => `${index}${item}`)).toEqual(["0a", "1b"]));
test("runs no more than the limit, and as many", async () => {
  let running = 0;
  let most = 0;
  await mapLimit(Array.from({ length: 10 }), 3, async () => {
    most = Math.max(most, ++running);
    await sleep(10);
    running--;
  });
  expect(most).toBe(3);
});
test("begins the next as soon as there is room", async () => {
  const begun = [];
  await mapLimit([100, 10, 10, 10], 2, async (wait, index) => {
    begun.push(index);
    await sleep(wait);
    begun.push(-index);
  });
  expect(begun).toEqual([0, 1, -1, 2, -2, 3, -3, -0]);
});
test("stops after an error, and waits for the others", async () => {
  const events = [];
  const failure = new Error("second");
  const done = mapLimit([50, 10, 1, 1], 2, async (wait, index) => {
    events.push(index);
    await sleep(wait);
    if (index === 1) throw failure;
    events.push(`end ${index}`);
  });
  await expect(done).rejects.toBe(failure);
  expect(events).toEqual([0, 1, "end 0"]);
});
test("throws the first error", async () => {
  const done = mapLimit([50, 10], 2, async (wait) => {
    await sleep(wait);
    throw new Error(String(wait));
  });
  await expect(done).rejects.toThrow("10");
});
test("takes what is thrown at once", async () => {
  await expect(mapLimit([1, 2], 2, () => { throw new TypeError("at once"); })).rejects.toThrow(TypeError);
});
test("gives nothing for nothing", async () => expect(await mapLimit([], 4, async () => 1)).toEqual([]));
