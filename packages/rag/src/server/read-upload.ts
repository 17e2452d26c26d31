import type { Context } from "hono";
import { DocumentError } from "../text/document-error.ts";
import { isId, longestId } from "./is-id.ts";

/** The fields of LibreChat's upload form: `file_id`, `file`, and `entity_id` for an agent's file. */
export interface UploadForm {
  readonly fileId: string;
  readonly entity?: string;
  /** The file's name, without its folder. */
  readonly name: string;
  readonly type?: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads the form of an upload.
 * @returns The fields, or a sentence that says what is missing or invalid.
 * @throws DocumentError if the file has more than `maxFile` bytes.
 */
export async function readUpload(context: Context, maxFile: number): Promise<UploadForm | string> {
  const form = await context.req.formData().catch(() => undefined);
  if (!form) return "The body is not a form. Send multipart/form-data with the fields `file_id` and `file`.";
  const [fileId, file, entity] = [form.get("file_id"), form.get("file"), form.get("entity_id")];
  if (typeof fileId !== "string" || !isId(fileId))
    return `The field \`file_id\` is missing, or is not an id of at most ${longestId} bytes.`;
  if (!(file instanceof File)) return "The field `file` has no file.";
  if (entity instanceof File || (entity && !isId(entity)))
    return `The field \`entity_id\` is not an id of at most ${longestId} bytes.`;
  const name = file.name.replace(/^.*[/\\]/s, "") || "file";
  if (file.size > maxFile)
    throw new DocumentError(
      "too-large",
      `${name} has ${megabytes(file.size)}; the limit is ${megabytes(maxFile)}. Split it into smaller files.`,
    );
  return {
    fileId,
    name,
    bytes: new Uint8Array(await file.arrayBuffer()),
    ...(file.type !== "" && { type: file.type }),
    ...(entity && { entity }),
  };
}

/** `12.3 MB` */
function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
