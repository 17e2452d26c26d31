import { createServer } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { isLoopback } from "@llm-provider/core/internal";
import { type Context, type Env, Hono, type MiddlewareHandler, type Schema } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { GuardOptions } from "./create-check.ts";
import { guard, plainError, type ToErrorBody } from "./create-check.ts";
import { listen, type RunningServer } from "./listen.ts";

const failed = "The server failed on this request.";

/** How an app is served. */
export interface ServerOptions extends GuardOptions {
  /** @default a free one */
  port?: number;
  /**
   * Decides instead of `token` who may use the app, such as `jwt` of `hono/jwt`. It runs before a body is read, and answers whom it
   * refuses. As with `tokenIsEnough`, Host and Origin are not checked then.
   * @default none
   */
  authorize?: MiddlewareHandler;
  /**
   * Bytes of a request's body.
   * @default 1_048_576
   */
  maxBody?: number;
  /**
   * Milliseconds for one request and its answer; the connection is closed when they are over. 0 sets no limit to the answer.
   * @default 120_000
   */
  timeout?: number;
  /**
   * Milliseconds until the body of a request must be complete. An app that lets bodies wait needs more.
   * @default 120_000, or `timeout` where that is more
   */
  bodyTimeout?: number;
  /**
   * Milliseconds until the headers of a request must be complete. A connection that is slower is closed at most half of that later.
   * @default 10_000
   */
  headersTimeout?: number;
  /**
   * The JSON of an answer that the app does not give itself: refusals of the guard, paths that it does not have, its own failures.
   * @default { error: message }
   */
  toErrorBody?: ToErrorBody;
}

/**
 * Serves a Hono app over HTTP. It binds loopback unless told otherwise, and the guard checks each request before the app sees it.
 * A request that no route takes gets 404, an error that the app does not handle 500, both with what `toErrorBody` writes.
 * @throws Error with a sentence where the port is taken, and for an address other than loopback without a token.
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
    context.json(toErrorBody(`A request may have ${maxBody} bytes at most.`, 413), 413);
  const limitBody = bodyLimit({ maxSize: maxBody, onError: tooLong });
  const guarded = new Hono()
    .use(authorize ?? guard(options, toErrorBody))
    .use(async (context, next) => {
      const { raw } = context.req;
      const length = raw.headers.get("content-length");
      // Node reads no more than this. To look at the body would make a Request of Node's own, which costs more than the rest.
      if (length !== null && !raw.headers.has("transfer-encoding"))
        return Number(length) > maxBody ? tooLong(context) : next();
      if (!raw.body) return next();
      // To bound a body of unknown length Hono makes a new Request of this one, for which it has to be one of Node's own.
      const { url, method, headers, body, signal } = raw;
      context.req.raw = new Request(url, { method, headers, body, signal, duplex: "half" } as RequestInit);
      return limitBody(context, next);
    })
    .onError((_, context) => context.json(toErrorBody(failed, 500), 500))
    .notFound((context) => context.json(toErrorBody(`There is nothing at ${context.req.path}.`, 404), 404));
  guarded.route("/", app);

  const answer = getRequestListener(guarded.fetch, {
    // A server of ours may run inside the program of somebody else: its globals stay as they are.
    overrideGlobalObjects: false,
    // What Hono does not handle: a request whose Host and path make no URL, and a throw that is not an Error.
    errorHandler: (error) =>
      error instanceof RequestError
        ? Response.json(toErrorBody("The Host header or the path of this request is invalid.", 400), { status: 400 })
        : Response.json(toErrorBody(failed, 500), { status: 500 }),
  });
  const server = createServer(
    {
      headersTimeout,
      requestTimeout: Math.max(bodyTimeout, headersTimeout),
      // Node looks for slow connections every 30 s unless told otherwise.
      connectionsCheckingInterval: headersTimeout / 2,
    },
    (request, response) => {
      if (timeout > 0) {
        // A cancelled call is never answered: without this its connection would stay open for good.
        const timer = setTimeout(() => response.destroy(), timeout);
        response.once("close", () => clearTimeout(timer));
      }
      void answer(request, response);
    },
  );
  return listen(server, options);
}
