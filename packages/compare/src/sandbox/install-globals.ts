/** Controls of the globals that the sandbox adds to JavaScript. */
export interface Installed {
  /** Moves the clock to the next timer and runs it. False if there is no timer. */
  advance(): boolean;
  /** What the program wrote to the console: its first 1,000 characters. */
  output(): string;
}

/**
 * Adds the console and timers. Timers run on a virtual clock, so waiting takes no real time. The source of this function is
 * evaluated inside the sandbox, so it must not use anything outside itself.
 */
export function installGlobals(): Installed {
  type Timer = { at: number; readonly order: number; readonly run: () => void; readonly every: number | undefined };
  const timers = new Map<number, Timer>();
  let now = 0;
  let count = 0;
  let output = "";

  const start = (run: unknown, wait: unknown, given: readonly unknown[], isRepeated: boolean): number => {
    const milliseconds = Math.max(1, Number(wait) || 0);
    count++;
    timers.set(count, {
      at: now + milliseconds,
      order: count,
      run: () => void (run as (...all: readonly unknown[]) => unknown)(...given),
      every: isRepeated ? milliseconds : undefined,
    });
    return count;
  };
  const stop = (id: unknown): void => void timers.delete(id as number);
  const write = (...all: readonly unknown[]): void => {
    if (output.length >= 1000) return;
    const texts = all.map((one) => {
      try {
        return typeof one === "object" ? JSON.stringify(one) : String(one);
      } catch {
        return "?";
      }
    });
    output = `${output}${texts.join(" ")}\n`.slice(0, 1000);
  };
  Object.assign(globalThis, {
    setTimeout: (run: unknown, wait?: unknown, ...given: unknown[]) => start(run, wait, given, false),
    setInterval: (run: unknown, wait?: unknown, ...given: unknown[]) => start(run, wait, given, true),
    clearTimeout: stop,
    clearInterval: stop,
    queueMicrotask: (run: () => void) => void Promise.resolve().then(() => run()),
    console: { log: write, info: write, warn: write, error: write, debug: write, trace: write },
  });

  return {
    advance() {
      let next: Timer | undefined;
      for (const timer of timers.values())
        if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
      if (!next) return false;
      now = next.at;
      if (next.every === undefined) timers.delete(next.order);
      else next.at += next.every;
      next.run();
      return true;
    },
    output: () => output,
  };
}
