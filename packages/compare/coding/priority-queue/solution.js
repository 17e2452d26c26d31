export class PriorityQueue {
  #heap = [];
  #count = 0;

  get size() {
    return this.#heap.length;
  }

  push(value, priority) {
    this.#heap.push({ value, priority, order: this.#count++ });
    this.#up(this.#heap.length - 1);
  }

  pop() {
    if (this.#heap.length === 0) return undefined;
    return this.#remove(0).value;
  }

  changePriority(value, priority) {
    let found = -1;
    for (const [index, entry] of this.#heap.entries())
      if (Object.is(entry.value, value) && (found < 0 || entry.order < this.#heap[found].order)) found = index;
    if (found < 0) return false;
    this.#remove(found);
    this.push(value, priority);
    return true;
  }

  #remove(index) {
    const removed = this.#heap[index];
    const last = this.#heap.pop();
    if (index < this.#heap.length) {
      this.#heap[index] = last;
      this.#down(index);
      this.#up(index);
    }
    return removed;
  }

  #isLess(one, other) {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    return a.priority < b.priority || (a.priority === b.priority && a.order < b.order);
  }

  #swap(one, other) {
    [this.#heap[one], this.#heap[other]] = [this.#heap[other], this.#heap[one]];
  }

  #up(index) {
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isLess(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #down(index) {
    for (;;) {
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2])
        if (child < this.#heap.length && this.#isLess(child, least)) least = child;
      if (least === index) return;
      this.#swap(index, least);
      index = least;
    }
  }
}
