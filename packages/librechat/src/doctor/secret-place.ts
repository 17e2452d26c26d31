import { isKeyName } from "@llm-provider/core/internal";
import type { Path } from "../config/config-path.ts";

/** Is this a place for a key, a URL or a header: where LibreChat expands variables and where secrets end up? */
export function isSecretPlace(path: Path): boolean {
  const [top, second] = path;
  const last = String(path.at(-1));
  if (top === "endpoints" && second === "custom") return ["apiKey", "baseURL"].includes(last) || path[3] === "headers";
  if (top === "mcpServers")
    return (
      ["env", "headers", "requestHeaders", "args", "oauth", "apiKey"].includes(String(path[2])) ||
      ["url", "proxy"].includes(last)
    );
  return isKeyPlace(path);
}

/** Is this a place for a key alone? */
export function isKeyPlace(path: Path): boolean {
  return isKeyName(String(path.at(-1)));
}
