import type { IncomingMessage } from "node:http";
import { isLoopback } from "@llm-provider/core/internal";
import { isSameSecret } from "./is-same-secret.ts";
import type { LocalServerOptions } from "./local-server-options.ts";

export type Refusal = { status: number; message: string; headers?: Record<string, string> };

/**
 * Why a request is not served, if it is not. Host and Origin keep web pages out: a page may reach a loopback server by a
 * name of its own (DNS rebinding), but cannot forge these two.
 */
export function checkRequest(
  { headers }: Pick<IncomingMessage, "headers">,
  { host = "127.0.0.1", secret, secretHeader = "authorization", allowedHosts = [] }: LocalServerOptions,
): Refusal | undefined {
  const name = hostName(headers.host);
  if (name === undefined) return { status: 400, message: "The Host header is missing or is none." };
  const isKnown =
    isLoopback(name) || name === host.toLowerCase() || allowedHosts.some((allowed) => allowed.toLowerCase() === name);
  if (!isKnown)
    return { status: 403, message: `This server is not reached as ${name}. Start it with --allow-host ${name}.` };
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`)
    return { status: 403, message: "Web pages may not use this server." };
  if (secret === undefined || isSameSecret(shown(headers, secretHeader), secret)) return undefined;
  return secretHeader === "authorization"
    ? { status: 401, message: "The bearer token is missing or wrong.", headers: { "www-authenticate": "Bearer" } }
    : { status: 401, message: "The header X-API-Key is missing or wrong." };
}

function hostName(header: string | undefined): string | undefined {
  if (header === undefined || !/^[\w.:[\]-]+$/.test(header)) return undefined;
  return URL.canParse(`http://${header}`) ? new URL(`http://${header}`).hostname : undefined;
}

function shown(headers: IncomingMessage["headers"], header: "authorization" | "x-api-key"): string {
  const value = headers[header];
  if (typeof value !== "string") return "";
  return header === "authorization" ? (/^Bearer +(.+)$/i.exec(value)?.[1] ?? "") : value;
}
