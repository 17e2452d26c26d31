import type { MiddlewareHandler } from "hono";
import { verify } from "hono/jwt";
import { refuse } from "./refuse.ts";

/** What the app knows about an authorized request. */
export interface RagEnv {
  Variables: {
    /** The id of the user on whose behalf LibreChat sends the request. */
    user: string;
    /** The file id of an upload, once its form has been read. */
    fileId?: string;
  };
}

/** Claims that are refused. LibreChat signs its users' session tokens with the same secret, and browsers have those tokens. */
const sessionClaims = ["username", "email", "provider"];

const reasons: { readonly [error: string]: string } = {
  JwtTokenExpired:
    "The token has expired. LibreChat's tokens are valid for 5 minutes: compare the clocks of the two machines.",
  JwtTokenNotBefore: "The token is not valid yet: compare the clocks of the two machines.",
  JwtTokenSignatureMismatched:
    "The token is not signed with the JWT_SECRET of this server. Give this server the JWT_SECRET of LibreChat's .env.",
};

/**
 * Accepts the tokens that LibreChat signs for its own requests: HS256 with its JWT_SECRET, and the user's id in `id`
 * (packages/api/src/crypto/jwt.ts, read 2026-11-29). `/health` needs no token.
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
      // `iat` is not checked: LibreChat's clock may be a second ahead of this one.
      payload = await verify(token, secret, { alg: "HS256", iat: false });
    } catch (error) {
      // The error's own message contains the token, so it is not passed on.
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
