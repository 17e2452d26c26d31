/**
 * Settles at Ctrl+C, or at the signal that ends a service. A program that then closes its server ends with code 0. Call it
 * before the server is announced, since either signal may follow at once. A second signal ends the process at once.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
  });
}
