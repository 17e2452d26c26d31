/** Settles at Ctrl+C, or at the signal that ends a service. Call it before the server is announced: either may follow at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
