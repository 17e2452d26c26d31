export class Emitter {
  #listeners = new Map();

  on(name, listener) {
    const entry = { listener, isRemoved: false };
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), entry]);
    return () => {
      entry.isRemoved = true;
      this.#listeners.set(
        name,
        this.#listeners.get(name).filter((one) => one !== entry),
      );
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
    let count = 0;
    let failure;
    for (const entry of this.#listeners.get(name) ?? []) {
      if (entry.isRemoved) continue;
      count++;
      try {
        entry.listener(...values);
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure) throw failure.error;
    return count;
  }
}
