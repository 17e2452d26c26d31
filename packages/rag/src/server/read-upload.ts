import type { Context } from "hono";
import { DocumentError } from "../text/document-error.ts";
import { isId, longestId } from "./is-id.ts";

/** The fields of a form as LibreChat sends it: `file_id`, `file`, and `entity_id` for the files of an agent. */
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
 * @returns A sentence where it is not one.
 * @throws DocumentError where the file has more than `maxFile` bytes.
 */
export async function readUpload(context: Context, maxFile: number): Promise<UploadForm | string> {
  const form = await context.req.formData().catch(() => undefined);
  if (!form) return "The body is not a form. Send multipart/form-data with the fields `file_id` and `file`.";
  const [fileId, file, entity] = [form.get("file_id"), form.get("file"), form.get("entity_id")];
  if (typeof fileId !== "string" || !isId(fileId))
    return `The field \`file_id\` is missing, or is no id of ${longestId} bytes at most.`;
  if (!(file instanceof File)) return "The field `file` has no file.";
  if (entity instanceof File || (entity && !isId(entity)))
    return `The field \`entity_id\` is no id of ${longestId} bytes at most.`;
  const name = file.name.replace(/^.*[/\\]/s, "") || "file";
  if (file.size > maxFile)
    throw new DocumentError("too-large", `${name} has ${megabytes(file.size)}; ${megabytes(maxFile)} are allowed.`);
  return {
    fileId,
    name,
    bytes: new Uint8Array(await file.arrayBuffer()),
    ...(file.type !== "" && { type: file.type }),
    ...(entity && { entity }),
  };
}

/** `12.3 MB` */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
