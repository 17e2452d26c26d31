export function paginate(items, page, size) {
  if (!Number.isInteger(size) || size < 1) throw new RangeError("The size must be 1 or more.");
  const pages = Math.max(1, Math.ceil(items.length / size));
  const current = Math.min(Math.max(page, 1), pages);
  return {
    items: items.slice((current - 1) * size, current * size),
    pages,
    previous: current > 1 ? current - 1 : null,
    next: current < pages ? current + 1 : null,
  };
}
