export async function report(store, userId) {
  const user = await store.getUser(userId);
  if (!user) throw new Error(`There is no user ${userId}`);
  const given = await store.getOrders(user.id);
  const orders = await Promise.all(given.map(({ id }) => readOrder(store, id)));
  const total = orders.flatMap(({ items }) => items).reduce((sum, { price }) => sum + price, 0);
  return { user: user.name, orders, total };
}

async function readOrder(store, id) {
  try {
    return { id, items: await store.getItems(id) };
  } catch {
    return { id, items: [], isBroken: true };
  }
}
