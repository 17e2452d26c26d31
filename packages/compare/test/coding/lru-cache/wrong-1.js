export class Cache {
  constructor(capacity, now) {
    Object.assign(this, { capacity, now, entries: new Map() });
  }
  set(key, value, lifetime = Infinity) {
    if (this.entries.size >= this.capacity) this.entries.delete(this.entries.keys().next().value);
    this.entries.set(key, { value, end: this.now() + lifetime });
  }
  get(key) {
    const entry = this.entries.get(key);
    return entry && entry.end > this.now() ? entry.value : undefined;
  }
  get size() {
    return this.entries.size;
  }
}
