import { failure, type Problem } from "./failure.ts";

/** The real ones, whatever a fake clock does. */
const { setTimeout, clearTimeout } = globalThis;
/** Far longer than anything on loopback takes, so that a slow machine is no failure. */
let usual = 3000;

/** The value of a promise, or a failure when it does not settle. */
export async function within<T>(
  promise: Promise<T>,
  expected: string,
  about: Omit<Problem, "expected" | "got"> = {},
  milliseconds: number = usual,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(failure({ ...about, expected, got: `nothing within ${milliseconds} ms` })),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** For tests of the suite, in which what never comes is waited for again and again. */
export function setPatience(milliseconds: number): void {
  usual = milliseconds;
}
