export class Emitter {
  listeners = new Map();
  on(name, listener) {
    const entry = { listener };
    if (!this.listeners.has(name)) this.listeners.set(name, new Set());
    this.listeners.get(name).add(entry);
    return () => this.listeners.get(name).delete(entry);
  }
  once(name, listener) {
    const remove = this.on(name, (...values) => {
      remove();
      listener(...values);
    });
    return remove;
  }
  emit(name, ...values) {
    let count = 0;
    const errors = [];
    for (const { listener } of this.listeners.get(name) ?? []) {
      count++;
      try {
        listener(...values);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
    return count;
  }
}
