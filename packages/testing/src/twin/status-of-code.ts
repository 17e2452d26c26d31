import type { Definition, ErrorCode } from "@llm-provider/core";

const usual: { readonly [code in ErrorCode]?: number } = {
  "invalid-key": 401,
  "missing-key": 401,
  forbidden: 403,
  "not-found": 404,
  "model-retired": 404,
  "rate-limit": 429,
  quota: 402,
  overloaded: 503,
  server: 500,
  timeout: 408,
};

/** The status with which this endpoint says such a thing: its own, else the usual one. */
export function statusOfCode(definition: Definition, code: ErrorCode): number {
  const own = definition.errors?.find((rule) => rule.code === code && rule.status !== undefined)?.status;
  return own ?? usual[code] ?? 400;
}
