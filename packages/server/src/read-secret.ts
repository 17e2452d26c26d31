import { readRegularText } from "@llm-provider/core/internal/files";

/** Where a secret is read from: a file, or else an environment variable. Never an argument, which other processes can read. */
export interface SecretSource {
  /** @default no file: the environment variable is read */
  file?: string | undefined;
  env: string;
}

const shortest = 16;
const longestFile = 64 * 1024;

/**
 * Reads a secret. Returns undefined if there is none.
 * @throws Error with a sentence if the file cannot be read or the secret is too short to be safe.
 */
export function readSecret({ file, env }: SecretSource): string | undefined {
  const secret = (file === undefined ? process.env[env] : readRegularText(file, { largest: longestFile }))?.trim();
  if (file !== undefined && secret === undefined)
    throw new Error(
      `The file ${file} cannot be read: there is no such file. Name a file that contains only the secret.`,
    );
  if (!secret) {
    if (file === undefined) return undefined;
    throw new Error(`The file ${file} is empty: put a secret of ${shortest} characters or more in it.`);
  }
  checkSecret(secret, file === undefined ? `the environment variable ${env}` : `the file ${file}`);
  return secret;
}

/** @throws Error if the secret is too short, or has characters that an HTTP header does not allow. It does not repeat the secret. */
export function checkSecret(secret: string, place: string): void {
  if (secret.length >= shortest && /^[\x21-\x7e]+$/.test(secret)) return;
  throw new Error(
    `The secret in ${place} cannot be used: it needs ${shortest} characters or more, all of them visible ASCII. \`openssl rand -hex 32\` makes one.`,
  );
}
