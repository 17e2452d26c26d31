import { z } from "zod";
import { isLoopback } from "../is-loopback.ts";
import { keyVariableKind } from "../key-variable.ts";

// What definitions of providers and of tools have in common.

export const text: z.ZodString = z.string().min(1, "This text is empty: fill it in.");
export const page: z.ZodType<string> = z.url({ protocol: /^https?$/, error: "Write a web address, with https://." });
export const callable: z.ZodType = z.custom((value) => typeof value === "function", "This must be a function.");

export const id: z.ZodType<string> = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,49}$/,
    "An id is lower-case letters, digits and dashes, begins with a letter and has at most 50.",
  );

export const keyVariable: z.ZodType<string> = z
  .string()
  .refine(
    (name) => keyVariableKind(name) !== undefined,
    "Name a variable that looks like a key, such as ACME_API_KEY.",
  );

/** The base URL: no key over http, no secret in it, no part that would be lost. */
export function checkAddress(
  { baseURL, auth: keys }: { readonly baseURL?: string | undefined; readonly auth: unknown },
  context: z.RefinementCtx,
): void {
  if (baseURL === undefined || !URL.canParse(baseURL)) return;
  const url = new URL(baseURL);
  const fail = (message: string): void => context.addIssue({ code: "custom", path: ["baseURL"], message });
  if (url.protocol === "http:" && keys !== "none" && !isLoopback(url.hostname)) fail("A key is only sent over https.");
  if (url.username || url.password || baseURL.includes("#"))
    fail("Leave user, password and fragment out of the base URL.");
}
