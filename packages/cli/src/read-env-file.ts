import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { readRegularText } from "@llm-provider/core/internal/files";
import { usageError } from "@llm-provider/testing/command";
import type { CliIo } from "./cli-io.ts";

/**
 * The variables of a .env, such as LibreChat's; undefined where none is named.
 * @throws A sentence with exit code 2 where the file cannot be read.
 */
export function readEnvFile(path: string | undefined, io: Pick<CliIo, "cwd">): Record<string, string> | undefined {
  if (path === undefined) return undefined;
  const text = readRegularText(resolve(io.cwd, path), { name: path });
  if (text === undefined) throw usageError(`The file of variables ${path} cannot be read: there is no such file.`);
  return parseEnv(text) as Record<string, string>;
}
