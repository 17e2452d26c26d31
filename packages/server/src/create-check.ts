import { createHash, timingSafeEqual } from "node:crypto";
import { isLoopback } from "@llm-provider/core/internal";
import type { MiddlewareHandler } from "hono";
import { checkSecret } from "./read-secret.ts";

/** Who may use a server. */
export interface GuardOptions {
  /**
   * The address that the server binds. Any address but loopback needs a token.
   * @default "127.0.0.1"
   */
  host?: string;
  /**
   * Further host names of the server, such as `host.docker.internal`. Wildcards are refused.
   * @default none
   */
  allowedHosts?: readonly string[];
  /**
   * The secret that clients must send, or an object with a secret for each client's name. At least 16 visible ASCII characters. Pass a
   * function for secrets that change while the server runs: it is called for each request.
   * @default none: every client that reaches the server may use it
   */
  token?: Token | (() => Token | undefined);
  /**
   * Trusts everyone who has the token: Host and Origin are not checked as long as a token is required.
   * @default false
   */
  tokenIsEnough?: boolean;
  /**
   * The header of the token: `Authorization: Bearer …` or `X-API-Key: …`.
   * @default "authorization"
   */
  tokenHeader?: "authorization" | "x-api-key";
  /**
   * Paths that need no token, such as `/health`. A path that ends in a slash includes all paths below it. Host and Origin are still
   * checked, unless `tokenIsEnough` is set.
   * @default none
   */
  publicPaths?: readonly string[];
}

/** One secret, or an object with a secret for each client's name. */
export type Token = string | { readonly [client: string]: string };

/** Why a request is refused: the HTTP status, and a sentence that repeats no secret. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 413;
  readonly message: string;
  readonly headers?: { readonly [name: string]: string };
}

/** The result of a check: a refusal, or the name of the client whose token was sent, if clients have names. */
export interface RequestCheck {
  readonly refusal?: Refusal;
  readonly client?: string;
}

/**
 * Makes the check that runs before a request is served. A web page can reach a loopback server by its own host name (DNS rebinding) or
 * by a plain link, but it cannot forge `Host`, `Origin` or `Sec-Fetch-Site`.
 * @throws Error if a token is too short to be safe or an allowed host has a wildcard.
 */
export function createCheck(
  options: GuardOptions = {},
): (header: (name: string) => string | undefined, path: string) => RequestCheck {
  const { host = "127.0.0.1", allowedHosts = [], token, tokenHeader = "authorization", publicPaths = [] } = options;
  const { tokenIsEnough = false } = options;
  const named = new Set([host, ...allowedHosts].map(readAllowedHost));
  const tokenNow = (): Token | undefined => (typeof token === "function" ? token() : token);
  for (const [client, secret] of clientsOf(tokenNow()))
    checkSecret(secret, client === undefined ? "the option token" : `the token of ${client}`);

  return (header, path) => {
    const required = tokenNow();
    const refusal = tokenIsEnough && required !== undefined ? undefined : checkOrigin(header, named);
    if (refusal) return { refusal };
    // `token: {}` must not open the server: it requires a token that no client has.
    if (required === undefined) return {};
    const shown = shownToken(header, tokenHeader);
    // All clients are compared, so that the time does not reveal which one matched.
    const matches = clientsOf(required).filter(([, secret]) => isSameSecret(shown, secret));
    if (matches[0]) return { client: matches[0][0] };
    if (publicPaths.some((one) => one === path || (one.endsWith("/") && path.startsWith(one)))) return {};
    return {
      refusal:
        tokenHeader === "authorization"
          ? { status: 401, message: "The bearer token is missing or wrong.", headers: { "www-authenticate": "Bearer" } }
          : { status: 401, message: "The header X-API-Key is missing or wrong." },
    };
  };
}

function clientsOf(token: Token = {}): readonly (readonly [client: string | undefined, secret: string])[] {
  return typeof token === "string" ? [[undefined, token]] : Object.entries(token);
}

function checkOrigin(header: (name: string) => string | undefined, named: ReadonlySet<string>): Refusal | undefined {
  const host = header("host");
  const name = hostName(host);
  if (name === undefined) return { status: 400, message: "The Host header is missing or invalid." };
  if (!isLoopback(name) && !named.has(name))
    return {
      status: 403,
      message: `This server does not answer to the name ${name}. Start it with --allow-host ${name}.`,
    };
  // `same-site` is a page from another port or subdomain, not from this server.
  const site = header("sec-fetch-site");
  const origin = header("origin");
  // A proxy may serve an allowed host over https.
  const isOwn =
    origin === undefined || origin === `http://${host}` || (!isLoopback(name) && origin === `https://${host}`);
  if (site === "cross-site" || site === "same-site" || !isOwn)
    return { status: 403, message: "Web pages may not use this server." };
  return undefined;
}

/** The host without its port, normalized by `URL`. An IPv6 address keeps its brackets. */
function hostName(header: string | undefined): string | undefined {
  if (header === undefined || !/^[\w.:[\]-]+$/.test(header)) return undefined;
  return URL.canParse(`http://${header}`) ? new URL(`http://${header}`).hostname : undefined;
}

function readAllowedHost(host: string): string {
  const name = hostName(host.includes(":") && !host.startsWith("[") ? `[${host}]` : host);
  if (name === undefined)
    throw new Error(
      `${JSON.stringify(host)} is not a host name. Name each host exactly, without a port or a wildcard.`,
    );
  return name;
}

/** The token that a request sends, or an empty string. */
export function shownToken(
  header: (name: string) => string | undefined,
  name: "authorization" | "x-api-key" = "authorization",
): string {
  const value = header(name);
  return (name === "authorization" ? /^Bearer +(.+)$/i.exec(value ?? "")?.[1] : value) ?? "";
}

/** Compares two secrets in a time that does not depend on where they differ or on their lengths. */
export function isSameSecret(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** The variables that the guard sets in a Hono app: `new Hono<GuardEnv>()`. */
export interface GuardEnv {
  Variables: {
    /** The name of the client whose token was sent; undefined if clients have no names. */
    client: string | undefined;
  };
}

/** Makes the JSON body of a refusal. */
export type ToErrorBody = (message: string, status: Refusal["status"] | 404 | 500) => object;

/** `{ error: "a sentence" }` */
export const plainError: ToErrorBody = (message) => ({ error: message });

/**
 * Hono middleware that refuses foreign host names, web pages and wrong tokens. `serveApp` already includes it; use it directly only if
 * another server runs the app.
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
