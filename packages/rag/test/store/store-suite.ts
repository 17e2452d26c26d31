import type { Store } from "../../src/store/store.ts";
import { describeDocuments } from "./describe-documents.ts";
import { describeDrafts } from "./describe-drafts.ts";
import { describeReaders } from "./describe-readers.ts";
import { describeVectors } from "./describe-vectors.ts";

/** The tests that every kind of store must pass. Each test uses file ids of its own. */
export function describeStore(opened: () => Store): void {
  describeDocuments(opened);
  describeDrafts(opened);
  describeReaders(opened);
  describeVectors(opened);
}
