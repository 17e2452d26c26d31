import type { MiddlewareHandler } from "hono";
import { verify } from "hono/jwt";
import { refuse } from "./refuse.ts";

/** What the app knows of a request that was let in. */
export interface RagEnv {
  Variables: {
    /** The id of the user for whom LibreChat asks. */
    user: string;
    /** The file of an upload, once its form was read. */
    fileId?: string;
  };
}

/** What a token must not have. LibreChat signs the sessions of its users with the same secret, and their browsers know them. */
const sessionClaims = ["username", "email", "provider"];

const reasons: { readonly [error: string]: string } = {
  JwtTokenExpired:
    "The token has expired. LibreChat's tokens are valid for 5 minutes: compare the clocks of the two machines.",
  JwtTokenNotBefore: "The token is not valid yet: compare the clocks of the two machines.",
  JwtTokenSignatureMismatched:
    "The token is not signed with the JWT_SECRET of this server. Give this server the JWT_SECRET of LibreChat's .env.",
};

/**
 * Lets in whom LibreChat has signed a token for: HS256 with its JWT_SECRET, `{ id }` the user
 * (packages/api/src/crypto/jwt.ts, read 2026-11-29). `/health` is open.
 */
export function authorize(secret: string): MiddlewareHandler<RagEnv> {
  return async (context, next) => {
    if (context.req.path === "/health") return next();
    const [, token] = /^Bearer +(\S+)$/i.exec(context.req.header("authorization") ?? "") ?? [];
    if (token === undefined)
      return refuse(
        context,
        401,
        "The request has no token. LibreChat sends `Authorization: Bearer …`, signed with its JWT_SECRET.",
      );
    let payload: Record<string, unknown>;
    try {
      // LibreChat's clock may be a second ahead of this one, which `iat` would not forgive.
      payload = await verify(token, secret, { alg: "HS256", iat: false });
    } catch (error) {
      // The message of the error has the token in it.
      return refuse(
        context,
        401,
        reasons[(error as Error).name] ?? "The token is not one that LibreChat signs (HS256).",
      );
    }
    const { id } = payload;
    if (typeof id !== "string" || id === "") return refuse(context, 401, "The token names no user: it has no `id`.");
    if (sessionClaims.some((claim) => claim in payload))
      return refuse(context, 401, "This is the token of a user's session. Only LibreChat's own requests are served.");
    context.set("user", id);
    return next();
  };
}
