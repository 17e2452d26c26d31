import { readConfigFile } from "./doctor/config-file.ts";
import { isKeyPlace } from "./doctor/secret-place.ts";
import { stringValues } from "./doctor/string-values.ts";

/** Keys that give themselves away by how they begin, also in a comment. */
const wellKnown =
  /\b(?:sk|pk|rk|gsk|fw|xai|hf|r8|csk|dsk|pplx|nvapi|tvly|jina|ghp|gho|glpat|github_pat)[-_][\w-]{12,}|\bAIza[\w-]{20,}|\bAKIA\w{12,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g;

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
  return (text) => keys.reduce((masked, key) => masked.replaceAll(key, "[key]"), text).replace(wellKnown, "[key]");
}
