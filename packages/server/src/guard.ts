import type { MiddlewareHandler } from "hono";
import { createCheck, type GuardOptions, type Refusal } from "./create-check.ts";

/** What the guard adds to a Hono app: `new Hono<GuardEnv>()`. */
export interface GuardEnv {
  Variables: {
    /** The name of the client whose token the request shows; undefined where clients have no names. */
    client: string | undefined;
  };
}

/** Writes what a client reads that is refused. */
export type ToErrorBody = (message: string, status: Refusal["status"] | 404 | 500) => object;

/** `{ error: "a sentence" }` */
export const plainError: ToErrorBody = (message) => ({ error: message });

/**
 * Hono middleware that refuses foreign names, web pages and wrong tokens. `serveApp` runs it already; use it alone only
 * where another server runs the app.
 */
export function guard(options: GuardOptions = {}, toErrorBody: ToErrorBody = plainError): MiddlewareHandler<GuardEnv> {
  const check = createCheck(options);
  return async (context, next) => {
    const { refusal, client } = check((name) => context.req.header(name), context.req.path);
    if (refusal)
      return context.json(toErrorBody(refusal.message, refusal.status), refusal.status, { ...refusal.headers });
    context.set("client", client);
    return next();
  };
}
