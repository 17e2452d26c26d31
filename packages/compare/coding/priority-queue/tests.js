const popAll = (queue) => {
  const all = [];
  while (queue.size > 0) all.push(queue.pop());
  return all;
};
const fill = (...entries) => {
  const queue = new PriorityQueue();
  for (const [value, priority] of entries) queue.push(value, priority);
  return queue;
};
test("pops the smallest first", () => expect(popAll(fill(["c", 3], ["a", 1], ["b", 2]))).toEqual(["a", "b", "c"]));
test("keeps the order of equals", () => expect(popAll(fill(["a", 1], ["b", 1], ["c", 0], ["d", 1], ["e", 1]))).toEqual(["c", "a", "b", "d", "e"]));
test("is empty at first", () => expect([new PriorityQueue().pop(), new PriorityQueue().size]).toEqual([undefined, 0]));
test("mixes pushing and popping", () => {
  const queue = fill(["b", 2], ["a", 1]);
  const first = queue.pop();
  queue.push("c", 0);
  queue.push("d", 2);
  expect([first, ...popAll(queue)]).toEqual(["a", "c", "b", "d"]);
});
test("changes a priority", () => {
  const queue = fill(["a", 1], ["b", 2], ["c", 3]);
  expect([queue.changePriority("c", 0), queue.changePriority("a", 2), queue.changePriority("x", 0)]).toEqual([true, true, false]);
  expect(popAll(queue)).toEqual(["c", "b", "a"]);
});
test("changes one entry only", () => {
  const queue = fill([NaN, 1], [NaN, 2], ["a", 3]);
  queue.changePriority(NaN, 4);
  expect(popAll(queue)).toEqual([NaN, "a", NaN]);
});
test("is quick", () => {
  const queue = new PriorityQueue();
  for (let index = 0; index < 20000; index++) queue.push(index, (index * 7919) % 20011);
  let isSorted = true;
  let before = -1;
  while (queue.size > 0) {
    const priority = (queue.pop() * 7919) % 20011;
    isSorted = isSorted && before <= priority;
    before = priority;
  }
  expect(isSorted).toBe(true);
});
