import type { ProviderError } from "../errors/provider-error.ts";
import { releaseBody } from "./release-body.ts";
import type { Watch } from "./watch-request.ts";

/** A response's body, read piece by piece. */
export type OpenBody = {
  /** The bytes of one network read; `undefined` at the end. Throws a ProviderError if it breaks off or is silent too long. */
  read(): Promise<Uint8Array | undefined>;
  /** Stops reading: the rest is not wanted. */
  cancel(): void;
  /** Ignores the rest, but lets the connection be used again. */
  release(): void;
};

/** Opens a body under a watch; `toError` makes the error for a broken connection. */
export function openBody(
  response: Response,
  watch: Watch,
  toError: (error: unknown) => Promise<ProviderError>,
): OpenBody {
  const reader = response.body?.getReader();
  // A stream that the runtime did not make may throw here.
  const cancel = (): void => void (async () => reader?.cancel())().catch(() => {});
  watch.watchIdle(cancel);
  const received = ({ value }: ReadableStreamReadResult<Uint8Array>): Uint8Array | undefined => {
    watch.setWaiting(false);
    if (watch.reason) throw watch.reason;
    return value;
  };
  const broken = async (error: unknown): Promise<never> => {
    watch.setWaiting(false);
    throw watch.reason ?? (await toError(error));
  };
  return {
    read() {
      if (!reader) return Promise.resolve(undefined);
      watch.setWaiting(true);
      return reader.read().then(received, broken);
    },
    cancel,
    release() {
      if (reader) releaseBody(reader);
    },
  };
}
