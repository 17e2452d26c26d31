export class PriorityQueue {
  heap = [];
  get size() {
    return this.heap.length;
  }
  push(value, priority) {
    this.heap.push({ value, priority });
    let at = this.heap.length - 1;
    while (at > 0 && this.heap[at].priority < this.heap[(at - 1) >> 1].priority) {
      const parent = (at - 1) >> 1;
      [this.heap[at], this.heap[parent]] = [this.heap[parent], this.heap[at]];
      at = parent;
    }
  }
  pop() {
    if (this.heap.length < 2) return this.heap.pop()?.value;
    const [first] = this.heap;
    this.heap[0] = this.heap.pop();
    let at = 0;
    for (;;) {
      const child = [2 * at + 1, 2 * at + 2].filter((one) => one < this.heap.length).sort((a, b) => this.heap[a].priority - this.heap[b].priority)[0];
      if (child === undefined || this.heap[child].priority >= this.heap[at].priority) return first.value;
      [this.heap[at], this.heap[child]] = [this.heap[child], this.heap[at]];
      at = child;
    }
  }
  changePriority(value, priority) {
    const left = this.heap.filter((one) => !Object.is(one.value, value));
    const isThere = left.length < this.heap.length;
    this.heap = [];
    for (const one of left) this.push(one.value, one.priority);
    if (isThere) this.push(value, priority);
    return isThere;
  }
}
