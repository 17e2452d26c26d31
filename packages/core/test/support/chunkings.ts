/** Cuts a body as a network might: whole, byte by byte, and in random pieces. */
export function chunkings(body: string | Uint8Array): { name: string; pieces: Uint8Array[] }[] {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return [
    { name: "whole", pieces: [bytes] },
    { name: "byte by byte", pieces: cut(bytes, byteByByte(bytes.length)) },
    ...[1, 2, 3].map((seed) => {
      const random = generator(seed);
      return { name: `random ${seed}`, pieces: cut(bytes, () => 1 + Math.floor(random() ** 4 * 3000)) };
    }),
  ];
}

/** Larger pieces in the middle of a long body, because a million reads take seconds. */
function byteByByte(length: number): (from: number) => number {
  return (from) => (from < 5000 || from > length - 2000 ? 1 : 97);
}

export function cut(bytes: Uint8Array, size: (from: number) => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = Math.min(bytes.length, from + size(from));
    pieces.push(bytes.subarray(from, end));
    from = end;
  }
  return pieces;
}

/** A linear congruential generator, which gives the same pieces in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
