export class Emitter {
  listeners = {};
  on(name, listener) {
    (this.listeners[name] ??= []).push(listener);
    return () => {
      this.listeners[name] = this.listeners[name].filter((one) => one !== listener);
    };
  }
  once(name, listener) {
    const remove = this.on(name, (...values) => {
      remove();
      listener(...values);
    });
    return remove;
  }
  emit(name, ...values) {
    const all = [...(this.listeners[name] ?? [])];
    for (const listener of all) listener(...values);
    return all.length;
  }
}
