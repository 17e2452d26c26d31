/**
 * Encodes vectors as a `vector[]` in PostgreSQL's binary format. Storing 10,000 vectors of 768 numbers takes 2 seconds this way, and
 * took 16 to 20 seconds as text (PGlite, 2 shared cores, 2026-11-29).
 * @param vectorType The OID of pgvector's type.
 */
export function encodeVectors(vectors: readonly (readonly number[])[], vectorType: number): Uint8Array {
  const bytes = vectors.reduce((sum, { length }) => sum + 8 + 4 * length, 20);
  const view = new DataView(new ArrayBuffer(bytes));
  // The array: one dimension, no nulls, the type, the length, the first index.
  view.setInt32(0, 1);
  view.setUint32(8, vectorType);
  view.setInt32(12, vectors.length);
  view.setInt32(16, 1);
  let at = 20;
  for (const vector of vectors) {
    // Each vector: its length in bytes, the count of its numbers, 2 unused bytes, the numbers.
    view.setInt32(at, 4 + 4 * vector.length);
    view.setInt16(at + 4, vector.length);
    at += 8;
    for (const number of vector) {
      view.setFloat32(at, number);
      at += 4;
    }
  }
  return new Uint8Array(view.buffer);
}
