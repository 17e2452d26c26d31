import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ErrorCode } from "@llm-provider/core";

/** Every error code, as the type lists them. */
export function errorCodes(): ErrorCode[] {
  const path = join(import.meta.dirname, "../packages/core/src/chat/error-code.ts");
  const [, list] = /export type ErrorCode =([\s\S]*?);/.exec(readFileSync(path, "utf8"))!;
  return [...list!.matchAll(/"([a-z-]+)"/g)].map(([, code]) => code as ErrorCode);
}
