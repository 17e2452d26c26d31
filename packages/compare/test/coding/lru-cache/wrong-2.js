export class Cache {
  constructor(capacity, now) {
    Object.assign(this, { capacity, now, entries: new Map() });
  }
  set(key, value, lifetime = Infinity) {
    this.entries.delete(key);
    if (this.entries.size >= this.capacity) this.entries.delete(this.entries.keys().next().value);
    this.entries.set(key, { value, end: this.now() + lifetime });
  }
  get(key) {
    const entry = this.entries.get(key);
    if (!entry || entry.end < this.now()) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }
  get size() {
    return [...this.entries.values()].filter(({ end }) => end > this.now()).length;
  }
}
