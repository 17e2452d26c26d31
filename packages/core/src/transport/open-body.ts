import type { ProviderError } from "../errors/provider-error.ts";
import { releaseBody } from "./release-body.ts";
import type { Watch } from "./watch-request.ts";

/** A response's body, read piece by piece. */
export type OpenBody = {
  /** The bytes of one network read; `undefined` at the end. Throws a ProviderError where it breaks off or is silent too long. */
  read(): Promise<Uint8Array | undefined>;
  /** Nobody wants the rest. */
  cancel(): void;
  /** The rest says nothing, but the connection may be used again. */
  release(): void;
};

/** Opens a body under a watch; `toError` says what a broken connection is. */
export function openBody(
  response: Response,
  watch: Watch,
  toError: (error: unknown) => Promise<ProviderError>,
): OpenBody {
  const reader = response.body?.getReader();
  const cancel = (): void => void reader?.cancel().catch(() => {});
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
