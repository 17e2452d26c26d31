/** Turns an error of PostgreSQL or its connection into a sentence that says what to do. The sentence contains no password. */
export function explainPostgres(error: unknown, place: string): Error {
  const { code = "", message = "" } = error as Partial<NodeJS.ErrnoException>;
  const found = sentences.find(([pattern]) => pattern.test(code) || pattern.test(message));
  return new Error(`${place} ${found ? found[1] : `refused a statement: ${message}`}`, { cause: error });
}

// Found by SQLSTATE, by the code of a system call, or by the text of an error that has neither.
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^28P01$|client password must be/, "does not accept the password. Correct user and password in the URL."],
  [
    /^28000$/,
    "refuses this user, or asks for an encrypted connection. Correct the user in the URL, or end the URL with ?sslmode=require.",
  ],
  [/^3D000$/, "has no such database. Create it (createdb), or correct the name at the end of the URL."],
  [
    /CERT|UNABLE_TO_VERIFY/,
    "has a certificate that is not trusted. Name its authority with ?sslrootcert=file.pem at the end of the URL, or trust it blindly with ?sslmode=no-verify.",
  ],
  [/does not support SSL/, "has no encryption. End the URL with ?sslmode=disable where the network is trusted."],
  [/^53300$/, "has no connection left. Raise max_connections, or stop another client."],
  [
    /extension "vector" is not available|extension control file/,
    "has no pgvector. Install it on the server (the package postgresql-NN-pgvector, or the image pgvector/pgvector), and start again.",
  ],
  [
    /permission denied to create extension/,
    "has pgvector, but this user may not switch it on. Run in this database as its administrator: create extension vector;",
  ],
  [
    /^42501$/,
    "does not let this user create or change tables. Run as its administrator: grant create, usage on schema public to the user of the URL;",
  ],
  [
    /^E(CONNREFUSED|NOTFOUND|TIMEDOUT|HOSTUNREACH|NETUNREACH|CONNRESET|AI_AGAIN|PIPE)$|timeout expired|connection timeout|terminated/,
    "cannot be reached. Start it, or correct host and port in the URL.",
  ],
  [/^57P0[123]$/, "is starting or stopping. Try again in a moment."],
];
