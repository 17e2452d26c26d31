import { readFileSync } from "node:fs";

/** Where a secret is found: a file, or else an environment variable. Never an argument, which every process can read. */
export type SecretSource = { file?: string | undefined; env: string };

const shortest = 16;

/** The secret, or undefined where neither place has one. Throws a sentence for one that is too short to be safe. */
export function readSecret({ file, env }: SecretSource): string | undefined {
  const place = file === undefined ? `the environment variable ${env}` : `the file ${file}`;
  const text = file === undefined ? process.env[env] : readFile(file);
  const secret = text?.trim();
  if (!secret) {
    if (file === undefined) return undefined;
    throw new Error(`The file ${file} is empty: put a secret of ${shortest} characters or more in it.`);
  }
  if (secret.length < shortest || !/^[\x21-\x7e]+$/.test(secret)) {
    throw new Error(
      `The secret in ${place} cannot be used: it needs ${shortest} characters or more, all of them visible ASCII. \`openssl rand -hex 32\` makes one.`,
    );
  }
  return secret;
}

function readFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`The file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`, { cause: error });
  }
}
