import type { Rule } from "../rule.ts";
import { viewFileSearch } from "../view-file-search.ts";
import { isSample } from "./sample-key.ts";

/** The value in LibreChat's .env.example, by its first and last digits: nothing here looks like a secret to a scanner. */
const published = /^16f8c0ef[0-9a-f]{48}2f2909ef$/;

/** Is it a JWT_SECRET that everybody can read in an example? */
export function isPublishedSecret(secret: string): boolean {
  return published.test(secret) || isSample(secret);
}

export const jwtSecret: Rule = {
  id: "jwt-secret",
  severity: "error",
  why: 'LibreChat signs its requests for file search with JWT_SECRET, and does not start without it: "JwtStrategy requires a secret or key" (https://github.com/danny-avila/LibreChat/issues/9630).',
  *check({ config, environment }) {
    if (!environment) return;
    const secret = environment["JWT_SECRET"]?.trim() ?? "";
    const { at } = viewFileSearch(config);
    if (secret === "" && environment["RAG_API_URL"]) {
      yield {
        at,
        message: `LibreChat's .env sets RAG_API_URL, but JWT_SECRET is ${environment["JWT_SECRET"] === undefined ? "not set" : "empty"}.`,
        fix: "Run openssl rand -hex 32, write what it prints behind JWT_SECRET= in the .env, and give the service at RAG_API_URL the same value.",
      };
    }
    if (isPublishedSecret(secret)) {
      yield {
        at,
        severity: "warning",
        message: "JWT_SECRET in LibreChat's .env is a published sample: whoever knows it can act as any user.",
        fix: "Run openssl rand -hex 32, and write what it prints behind JWT_SECRET=; the service at RAG_API_URL needs the same value. Everyone has to sign in again.",
        why: "LibreChat and the service at RAG_API_URL trust what is signed with it, so every user's files can be read; LibreChat only logs a warning (read in v0.8.7, app/checks.ts).",
      };
    }
  },
};
