export async function mapLimit(items, limit, task) {
  const results = [];
  for (let start = 0; start < items.length; start += limit)
    results.push(...(await Promise.all(items.slice(start, start + limit).map((item, index) => task(item, start + index)))));
  return results;
}
