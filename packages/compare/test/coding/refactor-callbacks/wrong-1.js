export async function report(store, userId) {
  const user = await store.getUser(userId);
  if (!user) throw new Error(`There is no user ${userId}`);
  const orders = [];
  for (const { id } of await store.getOrders(user.id)) {
    try {
      orders.push({ id, items: await store.getItems(id) });
    } catch {
      orders.push({ id, items: [], isBroken: true });
    }
  }
  return { user: user.name, orders, total: orders.flatMap(({ items }) => items).reduce((sum, { price }) => sum + price, 0) };
}
