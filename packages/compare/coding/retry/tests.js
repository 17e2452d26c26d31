const failing = (times, error = new Error("no")) => {
  const calls = [];
  return { calls, task: async (attempt) => {
    calls.push(attempt);
    if (calls.length <= times) throw error;
    return "yes";
  } };
};
test("returns the first value", async () => {
  const { task, calls } = failing(0);
  expect(await retry(task)).toBe("yes");
  expect(calls).toEqual([1]);
});
test("tries again", async () => {
  const { task, calls } = failing(2);
  expect(await retry(task)).toBe("yes");
  expect(calls).toEqual([1, 2, 3]);
});
test("gives up with the last error", async () => {
  const error = new Error("last");
  const { task, calls } = failing(9, error);
  await expect(retry(task, { attempts: 4 })).rejects.toBe(error);
  expect(calls).toEqual([1, 2, 3, 4]);
});
test("takes what is thrown at once, and plain values", async () => {
  let calls = 0;
  expect(await retry(() => {
    if (++calls < 2) throw new Error("at once");
    return 7;
  })).toBe(7);
});
test("stops where it is told", async () => {
  const { task, calls } = failing(9);
  await expect(retry(task, { isRetryable: (error) => error.message !== "no" })).rejects.toThrow("no");
  expect(calls).toEqual([1]);
});
const order = async (start) => {
  const events = [];
  const done = start(events);
  for (const time of [50, 150, 250, 350, 450, 650, 750]) setTimeout(() => events.push(time), time);
  await done;
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return events;
};
test("waits longer each time", async () => {
  const events = await order((all) => retry(async (attempt) => {
    all.push(`#${attempt}`);
    if (attempt < 4) throw new Error("no");
  }, { attempts: 4 }));
  expect(events).toEqual(["#1", 50, "#2", 150, 250, "#3", 350, 450, 650, "#4", 750]);
});
test("waits as long as the error says", async () => {
  const events = await order((all) => retry(async (attempt) => {
    all.push(`#${attempt}`);
    if (attempt === 1) throw Object.assign(new Error("busy"), { retryAfter: 300 });
    if (attempt === 2) throw new Error("no");
  }));
  expect(events).toEqual(["#1", 50, 150, 250, "#2", 350, 450, "#3", 650, 750]);
});
test("waits no time at the end", async () => {
  const events = await order((all) => retry(async () => {
    throw new Error("no");
  }, { attempts: 2 }).catch(() => all.push("thrown")));
  expect(events.slice(0, 3)).toEqual([50, "thrown", 150]);
});
test("refuses no attempts", async () => {
  await expect(retry(async () => 1, { attempts: 0 })).rejects.toThrow(RangeError);
});
