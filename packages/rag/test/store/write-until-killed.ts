// Stores chunks of one document in the given folder, a few at a time, and prints their positions once they are stored.
import { openStore } from "../../src/store/open-store.ts";

const [folder, chunkCount] = process.argv.slice(2);
const store = await openStore({ folder });
const document = { user: "ada", fileId: "long", name: "long.txt", digest: "one", chunkCount: Number(chunkCount) };
const draft = await store.begin(document, { name: "test:wide", dimensions: 64 });
const left = Array.from({ length: document.chunkCount }, (_, position) => position).filter(
  (position) => !draft.stored.has(position),
);
while (left.length > 0) {
  const positions = left.splice(0, 1 + (left.length % 12));
  await store.addChunks(
    draft,
    positions.map((position) => ({
      position,
      overlap: 0,
      text: `text ${position} `.repeat(100),
      vector: Array(64).fill(position + 1),
    })),
  );
  process.stdout.write(`${positions.join("\n")}\n`);
}
