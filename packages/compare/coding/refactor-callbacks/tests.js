const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const store = (changes = {}) => ({
  getUser: async (id) => (id === 7 ? { id: 70, name: "Ada" } : undefined),
  getOrders: async (id) => (id === 70 ? [{ id: "a" }, { id: "b" }] : []),
  getItems: async (id) => (id === "a" ? [{ price: 1 }, { price: 2 }] : [{ price: 4 }]),
  ...changes,
});
test("makes a report", async () => expect(await report(store(), 7)).toEqual({
  user: "Ada", orders: [{ id: "a", items: [{ price: 1 }, { price: 2 }] }, { id: "b", items: [{ price: 4 }] }], total: 7,
}));
test("reports no orders", async () => expect(await report(store({ getOrders: async () => [] }), 7)).toEqual({ user: "Ada", orders: [], total: 0 }));
test("refuses an unknown user", async () => {
  await expect(report(store(), 8)).rejects.toThrow("There is no user 8");
});
test("passes errors on", async () => {
  const failure = new Error("down");
  await expect(report(store({ getUser: async () => { throw failure; } }), 7)).rejects.toBe(failure);
  await expect(report(store({ getOrders: async () => { throw failure; } }), 7)).rejects.toBe(failure);
});
test("marks what is broken", async () => {
  const getItems = async (id) => {
    if (id === "a") throw new Error("lost");
    return [{ price: 4 }];
  };
  expect(await report(store({ getItems }), 7)).toStrictEqual({
    user: "Ada", orders: [{ id: "a", items: [], isBroken: true }, { id: "b", items: [{ price: 4 }] }], total: 4,
  });
});
test("marks what throws at once", async () => {
  const getItems = (id) => {
    if (id === "b") throw new Error("at once");
    return [{ price: 1 }];
  };
  expect((await report(store({ getItems }), 7)).orders[1]).toEqual({ id: "b", items: [], isBroken: true });
});
test("reads items at the same time, and keeps the order", async () => {
  let running = 0;
  let most = 0;
  const getItems = async (id) => {
    most = Math.max(most, ++running);
    await sleep(id === "a" ? 50 : 10);
    running--;
    return [{ price: id === "a" ? 1 : 2 }];
  };
  const { orders } = await report(store({ getItems }), 7);
  expect([most, orders.map(({ id }) => id)]).toEqual([2, ["a", "b"]]);
});
test("keeps `this`", async () => {
  const keeper = { ...store(), name: "Ada", async getUser() { return { id: 70, name: this.name }; } };
  expect((await report(keeper, 7)).user).toBe("Ada");
});
