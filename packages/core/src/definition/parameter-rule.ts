import type { Json } from "../json.ts";
import type { Source } from "./source-of.ts";

/**
 * Dotted wire paths of the request as the caller wrote it → wanted value, or any of several. `null` means absent or null,
 * `{ present: true }` that the path is set. All must be true.
 */
export interface When {
  readonly [path: string]: Json | { readonly present: boolean };
}

/**
 * What an endpoint does with one parameter, for the `models` and under the conditions (`when`) that the rule names.
 * - `rejected`: the endpoint answers with that status. Core drops and reports the parameter, or refuses the request if the
 *   parameter is essential (`tools`, `n` …).
 * - `ignored`: accepted without effect; sent and reported.
 * - `renamed`: known there under another wire name.
 * - `range`: numbers outside are moved to the nearest bound. `[16, Infinity]` has only a smallest value.
 * - `values`: old value → new value; other values pass.
 * - `conflictsWith`: this parameter is dropped when any of these is set too.
 * - `set`: always sent with this value, whatever the caller wrote.
 */
export type ParameterRule = {
  readonly source: Source;
  readonly models?: readonly string[] | RegExp;
  readonly when?: When;
} & (
  | { readonly rejected: number }
  | { readonly ignored: true }
  | { readonly renamed: string }
  | { readonly range: readonly [min: number, max: number] }
  | { readonly values: { readonly [from: string]: Json } }
  | { readonly conflictsWith: readonly string[] }
  | { readonly set: Json }
);

/** What the endpoint does with a field that it does not document. `known` serves the twin, the docs and the doctor; the client never drops by it. */
export type UnknownParameters = { readonly source: Source } & (
  | { readonly accepted: true }
  | { readonly ignored: true }
  | { readonly rejected: number; readonly known: readonly string[] }
);
