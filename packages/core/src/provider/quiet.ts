/** An observer that cannot disturb its call: whatever it throws, at once or later, is dropped. */
export function quiet<Seen>(observer: (seen: Seen) => unknown): (seen: Seen) => void {
  return (seen) => {
    (async () => observer(seen))().catch(() => {});
  };
}
