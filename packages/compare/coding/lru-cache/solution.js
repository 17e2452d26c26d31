export class Cache {
  #capacity;
  #now;
  #entries = new Map();

  constructor(capacity, now) {
    this.#capacity = capacity;
    this.#now = now;
  }

  set(key, value, lifetime = Infinity) {
    this.#entries.delete(key);
    if (this.#entries.size >= this.#capacity) this.#sweep();
    if (this.#entries.size >= this.#capacity) this.#entries.delete(this.#entries.keys().next().value);
    this.#entries.set(key, { value, end: this.#now() + lifetime });
  }

  get(key) {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    if (entry.end <= this.#now()) return undefined;
    this.#entries.set(key, entry);
    return entry.value;
  }

  get size() {
    this.#sweep();
    return this.#entries.size;
  }

  #sweep() {
    const now = this.#now();
    for (const [key, { end }] of this.#entries) if (end <= now) this.#entries.delete(key);
  }
}
