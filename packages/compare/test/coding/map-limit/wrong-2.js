export async function mapLimit(items, limit, task) {
  const results = [];
  const entries = items.entries();
  const work = async () => {
    for (const [index, item] of entries) results[index] = await task(item, index);
  };
  await Promise.all(Array.from({ length: limit }, work));
  return results;
}
