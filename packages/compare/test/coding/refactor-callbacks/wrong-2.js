export async function report({ getUser, getOrders, getItems }, userId) {
  const user = await getUser(userId);
  if (!user) throw new Error(`There is no user ${userId}`);
  const orders = await Promise.all(
    (await getOrders(user.id)).map(async ({ id }) => {
      const items = await getItems(id).catch(() => null);
      return { id, items: items ?? [], isBroken: items === null };
    }),
  );
  return { user: user.name, orders, total: orders.flatMap(({ items }) => items).reduce((sum, { price }) => sum + price, 0) };
}
