import { createHmac } from "node:crypto";

/** The JWT_SECRET of the tests. */
export const secret = "a-secret-of-the-tests-8f1d20c4b7a95e63";

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/**
 * Signs a token like LibreChat's `generateShortLivedToken`: `{ id }`, HS256, 5 minutes. `claims` adds claims, or removes those that are
 * `undefined`.
 */
export function signToken(
  id: unknown,
  { key = secret, alg = "HS256", claims = {} }: { key?: string; alg?: string; claims?: object } = {},
): string {
  const now = Math.floor(Date.now() / 1000);
  const signed = `${base64({ alg, typ: "JWT" })}.${base64({ id, iat: now, exp: now + 300, ...claims })}`;
  const hash = alg === "HS512" ? "sha512" : "sha256";
  const signature = alg === "none" ? "" : createHmac(hash, key).update(signed).digest("base64url");
  return `${signed}.${signature}`;
}
