export class PriorityQueue {
  entries = [];
  get size() {
    return this.entries.length;
  }
  push(value, priority) {
    this.entries.push({ value, priority });
    this.entries.sort((a, b) => b.priority - a.priority);
  }
  pop() {
    return this.entries.pop()?.value;
  }
  changePriority(value, priority) {
    const entry = this.entries.find((one) => one.value === value);
    if (entry) entry.priority = priority;
    return Boolean(entry);
  }
}
