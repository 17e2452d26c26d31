/**
 * Issue 16 is built: the tests of the wire cases, the tables of forms and the holes run. Set it to `true` when core reads them
 * all; until then `WIRE=1 vitest run packages/core/test/wire-*.test.ts packages/testing/test/wire-*.test.ts` runs them.
 */
export const isReady: boolean = process.env["WIRE"] === "1";
