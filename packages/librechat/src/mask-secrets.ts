import { maskKeys } from "@llm-provider/core/internal";
import { readConfigFile } from "./doctor/config-file.ts";
import { isKeyPlace } from "./doctor/secret-place.ts";
import { stringValues } from "./config/config-path.ts";

/** A text about a librechat.yaml with every key that stands there in clear replaced, for showing it to somebody. */
export function maskSecrets(text: string, source: string): string {
  return createMask(readConfigFile(source).value)(text);
}

/** As `maskSecrets`, for a file that is read already. */
export function createMask(config: unknown): (text: string) => string {
  const keys = [...stringValues(config)]
    .filter(([path, value]) => isKeyPlace(path) && value.length >= 8 && !/\$\{|\{\{|^user_provided$/.test(value))
    .flatMap(([, value]) => [value, value.replace(/^(Bearer|Basic|Token)\s+/i, "")])
    .sort((a, b) => b.length - a.length);
  return (text) => maskKeys(keys.reduce((masked, key) => masked.replaceAll(key, "[key]"), text));
}
