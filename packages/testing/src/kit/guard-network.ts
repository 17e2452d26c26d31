import { isLoopback } from "@llm-provider/core/internal";

let isIntercepted = false;

/** Until its release, no request leaves this machine, whatever a faulty provider tries. */
export function guardNetwork(): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (isIntercepted || isLoopback(url.hostname)) return fetch(input, init);
    return Promise.reject(
      new TypeError(`No request may leave this machine while the suite runs, but one was sent to ${url.host}.`),
    );
  };
  return () => {
    globalThis.fetch = fetch;
  };
}

/** While another interceptor answers for all hosts, the guard lets requests through to it. */
export async function whileIntercepted<T>(run: () => Promise<T>): Promise<T> {
  isIntercepted = true;
  try {
    return await run();
  } finally {
    isIntercepted = false;
  }
}
