const collect = () => {
  const calls = [];
  return { calls, say: (word) => (...values) => void calls.push([word, ...values].join(" ")), emitter: new Emitter() };
};
test("calls in order, with values", () => {
  const { calls, say, emitter } = collect();
  emitter.on("x", say("a"));
  emitter.on("x", say("b"));
  expect([emitter.emit("x", 1, 2), calls]).toEqual([2, ["a 1 2", "b 1 2"]]);
});
test("knows events without listeners", () => expect([new Emitter().emit("none"), new Emitter().emit("constructor")]).toEqual([0, 0]));
test("removes", () => {
  const { calls, say, emitter } = collect();
  const remove = emitter.on("x", say("a"));
  remove();
  remove();
  expect([emitter.emit("x"), calls]).toEqual([0, []]);
});
test("adds the same listener twice", () => {
  const { calls, say, emitter } = collect();
  const listener = say("a");
  emitter.on("x", listener);
  const remove = emitter.on("x", listener);
  emitter.emit("x");
  remove();
  expect([emitter.emit("x"), calls.length]).toEqual([1, 3]);
});
test("calls once", () => {
  const { calls, say, emitter } = collect();
  emitter.once("x", say("a"));
  expect([emitter.emit("x", 1), emitter.emit("x", 2), calls]).toEqual([1, 0, ["a 1"]]);
});
test("calls once, though it emits again", () => {
  const { calls, say, emitter } = collect();
  emitter.once("x", () => {
    say("a")();
    emitter.emit("x");
  });
  emitter.emit("x");
  expect(calls).toEqual(["a"]);
});
test("calls all, though one removes itself", () => {
  const { calls, say, emitter } = collect();
  const remove = emitter.on("x", () => remove());
  emitter.on("x", say("b"));
  expect([emitter.emit("x"), calls]).toEqual([2, ["b"]]);
});
test("does not call what was removed meanwhile", () => {
  const { calls, say, emitter } = collect();
  let remove = () => {};
  emitter.on("x", () => remove());
  remove = emitter.on("x", say("b"));
  expect([emitter.emit("x"), calls]).toEqual([1, []]);
});
test("does not call what was added meanwhile", () => {
  const { calls, say, emitter } = collect();
  emitter.on("x", () => void emitter.on("x", say("late")));
  expect([emitter.emit("x"), calls]).toEqual([1, []]);
});
test("calls all, though one throws", () => {
  const { calls, say, emitter } = collect();
  emitter.on("x", () => { throw new Error("first"); });
  emitter.on("x", () => { throw new Error("second"); });
  emitter.on("x", say("c"));
  expect(() => emitter.emit("x")).toThrow("first");
  expect(calls).toEqual(["c"]);
});
