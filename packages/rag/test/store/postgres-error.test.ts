import { expect, test } from "vitest";
import { explainPostgres } from "../../src/store/postgres-error.ts";

// Codes and messages as PostgreSQL 15.18, pg 8.23 and Node 24 gave them on 2026-11-29.
test.each([
  ["28P01", 'password authentication failed for user "postgres"', "does not accept the password."],
  ["", "SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string", "does not accept the password."],
  [
    "28000",
    'no pg_hba.conf entry for host "10.0.0.1", user "postgres", no encryption',
    "asks for an encrypted connection.",
  ],
  ["3D000", 'database "nothing" does not exist', "has no such database."],
  ["0A000", 'extension "vector" is not available', "has no pgvector. Install it on the server"],
  [
    "58P01",
    'could not open extension control file "/usr/share/vector.control"',
    "has no pgvector. Install it on the server",
  ],
  ["42501", 'permission denied to create extension "vector"', "as its administrator: create extension vector;"],
  ["42501", "permission denied for schema public", "as its administrator: grant create, usage on schema public"],
  ["ECONNREFUSED", "", "cannot be reached. Start it, or correct host and port in the URL."],
  ["ENOTFOUND", "getaddrinfo ENOTFOUND nowhere.invalid", "cannot be reached."],
  ["", "timeout expired", "cannot be reached."],
  ["", "Connection terminated unexpectedly", "cannot be reached."],
  ["", "The server does not support SSL connections", "End the URL with ?sslmode=disable"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate", "has a certificate that is not trusted."],
  ["53300", "sorry, too many clients already", "has no connection left."],
  ["57P03", "the database system is starting up", "is starting or stopping. Try again in a moment."],
  [
    "53100",
    "could not extend file: No space left on device",
    "refused a statement: could not extend file: No space left on device",
  ],
])("explains the error '%s' '%s'", (code, message, sentence) => {
  const cause = Object.assign(new Error(message), code && { code });
  const explained = explainPostgres(cause, "PostgreSQL at db:5432/docs");
  expect(explained.message).toMatch(/^PostgreSQL at db:5432\/docs /);
  expect(explained.message).toContain(sentence);
  expect(explained.cause).toBe(cause);
});
