/** An observer that cannot change the call it looks at: whatever it throws, at once or later, is dropped. */
export function quiet<Seen>(observer: (seen: Seen) => unknown): (seen: Seen) => void {
  return (seen) => {
    (async () => observer(seen))().catch(() => {});
  };
}
