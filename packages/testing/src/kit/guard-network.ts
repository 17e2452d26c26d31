import { isLoopback } from "@llm-provider/core";

/** Until it is released no request leaves this machine, whatever a faulty provider tries. */
export function guardNetwork(): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (isLoopback(url.hostname)) return fetch(input, init);
    return Promise.reject(
      new TypeError(`No request leaves this machine while the suite runs, and one was sent to ${url.host}.`),
    );
  };
  return () => {
    globalThis.fetch = fetch;
  };
}
