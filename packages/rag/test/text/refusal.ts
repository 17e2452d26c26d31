import { expect } from "vitest";
import { DocumentError } from "../../src/text/document-error.ts";
import { readDocument, type ReadOptions } from "../../src/text/read-document.ts";

/** The error of a file that must be refused. */
export async function refusal(
  bytes: Uint8Array,
  name: string,
  { type, ...options }: ReadOptions & { readonly type?: string | undefined } = {},
): Promise<DocumentError> {
  const error: unknown = await readDocument(bytes, { name, type }, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DocumentError);
  return error as DocumentError;
}
