import { createServer } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { isLoopback } from "@llm-provider/core/internal";
import { type Context, type Env, Hono, type MiddlewareHandler, type Schema } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { GuardOptions } from "./create-check.ts";
import { guard, plainError, type ToErrorBody } from "./create-check.ts";
import { listen, type RunningServer } from "./listen.ts";

const failed = "The server failed on this request.";

/** Options of `serveApp`. */
export interface ServerOptions extends GuardOptions {
  /** @default a free port */
  port?: number;
  /**
   * A middleware that decides who may use the app, instead of `token`; for example `jwt` of `hono/jwt`. It runs before a body is read,
   * and answers the requests that it refuses. Host and Origin are not checked, as with `tokenIsEnough`.
   * @default none
   */
  authorize?: MiddlewareHandler;
  /**
   * The most bytes of a request's body.
   * @default 1_048_576
   */
  maxBody?: number;
  /**
   * Milliseconds for one request and its answer, after which the connection is closed. 0 means no limit for the answer.
   * @default 120_000
   */
  timeout?: number;
  /**
   * Milliseconds until the body of a request must be complete. Increase it for an app that reads bodies late.
   * @default 120_000, or `timeout` if that is more
   */
  bodyTimeout?: number;
  /**
   * Milliseconds until the headers of a request must be complete. A slower connection is closed after that time, or up to half of it later.
   * @default 10_000
   */
  headersTimeout?: number;
  /**
   * The JSON of the answers that the app does not send itself: refusals of the guard, unknown paths, and failures of the app.
   * @default { error: message }
   */
  toErrorBody?: ToErrorBody;
}

/**
 * Serves a Hono app over HTTP. It binds loopback by default, and the guard checks each request before the app sees it. A request
 * without a matching route gets 404, and an error that the app does not handle gets 500, both in the form of `toErrorBody`.
 * @throws Error with a sentence if the port is taken, or if an address other than loopback has no token.
 */
export async function serveApp<E extends Env, S extends Schema, P extends string>(
  app: Hono<E, S, P>,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const { host = "127.0.0.1", token, maxBody = 1024 * 1024, timeout = 120_000, headersTimeout = 10_000 } = options;
  const { toErrorBody = plainError, authorize, bodyTimeout = Math.max(timeout, 120_000) } = options;
  if (!isLoopback(host) && token === undefined && authorize === undefined) {
    throw new Error(
      `Binding ${host} would let the network use this server and its key. Give it a secret that clients must show, or bind 127.0.0.1.`,
    );
  }
  const tooLong = (context: Context): Response =>
    context.json(toErrorBody(`The body of a request may have at most ${maxBody} bytes.`, 413), 413);
  const limitBody = bodyLimit({ maxSize: maxBody, onError: tooLong });
  const guarded = new Hono()
    .use(authorize ?? guard(options, toErrorBody))
    .use(async (context, next) => {
      const { raw } = context.req;
      const length = raw.headers.get("content-length");
      // Node reads no more than this length. Reading `raw.body` would create a real Request, which costs more than everything else here.
      if (length !== null && !raw.headers.has("transfer-encoding"))
        return Number(length) > maxBody ? tooLong(context) : next();
      if (!raw.body) return next();
      // To limit a body of unknown length, Hono copies the request, which only works with a real Request.
      const { url, method, headers, body, signal } = raw;
      context.req.raw = new Request(url, { method, headers, body, signal, duplex: "half" } as RequestInit);
      return limitBody(context, next);
    })
    .onError((_, context) => context.json(toErrorBody(failed, 500), 500))
    .notFound((context) => context.json(toErrorBody(`There is nothing at ${context.req.path}.`, 404), 404));
  guarded.route("/", app);

  const answer = getRequestListener(guarded.fetch, {
    // The server may run inside another program, whose globals must not change.
    overrideGlobalObjects: false,
    // Hono does not handle a Host and path that make no valid URL, nor thrown values that are not Errors.
    errorHandler: (error) =>
      error instanceof RequestError
        ? Response.json(toErrorBody("The Host header or the path of this request is invalid.", 400), { status: 400 })
        : Response.json(toErrorBody(failed, 500), { status: 500 }),
  });
  const server = createServer(
    {
      headersTimeout,
      requestTimeout: Math.max(bodyTimeout, headersTimeout),
      // By default, Node checks for slow connections only every 30 s.
      connectionsCheckingInterval: headersTimeout / 2,
    },
    (request, response) => {
      if (timeout > 0) {
        // A cancelled MCP call is never answered, so its connection would stay open forever.
        const timer = setTimeout(() => response.destroy(), timeout);
        response.once("close", () => clearTimeout(timer));
      }
      void answer(request, response);
    },
  );
  return listen(server, options);
}
