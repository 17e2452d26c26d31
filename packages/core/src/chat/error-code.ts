/**
 * What went wrong, in one vocabulary for all endpoints. docs/errors.md has a section on each code.
 *
 * The caller can correct `invalid-request` and `unsupported-parameter`; `rate-limit`, `overloaded`, `server`, `network`
 * and `timeout` may pass when the request is sent again; `tool-call-invalid` means that the model's call does not fit its
 * tool, `tool-failed` that the tool's own code threw.
 */
export type ErrorCode =
  | "missing-key"
  | "invalid-key"
  | "forbidden"
  | "not-found"
  | "model-retired"
  | "invalid-request"
  | "unsupported-parameter"
  | "context-overflow"
  | "rate-limit"
  | "quota"
  | "overloaded"
  | "server"
  | "network"
  | "timeout"
  | "aborted"
  | "invalid-response"
  | "content-filter"
  | "tool-call-invalid"
  | "tool-failed";
