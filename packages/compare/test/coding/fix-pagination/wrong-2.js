export function paginate(items, page, size) {
  if (!Number.isInteger(size) || size < 1) throw new RangeError("The size must be 1 or more.");
  const pages = Math.floor(items.length / size) + 1;
  const current = Math.min(Math.max(page, 1), pages);
  return {
    items: [...items].splice((current - 1) * size, size),
    pages,
    previous: current > 1 ? current - 1 : null,
    next: current < pages ? current + 1 : null,
  };
}
