import type { ToolOptions } from "@llm-provider/core";

/** Reads the options of the tool from the environment. */
export function toolOptions(): ToolOptions {
  const baseURL = process.env["SERPAPI_BASE_URL"];
  return baseURL ? { baseURL } : {};
}

/** Warns about a missing key on the error output, which no client reads as an answer. */
export function warnWithoutKey(): void {
  // LibreChat passes an unset variable on unexpanded, as `${SERPAPI_API_KEY}`.
  if (/^(\$\{\w+\})?$/.test(process.env["SERPAPI_API_KEY"] ?? "")) {
    console.error("SERPAPI_API_KEY is not set: searches will fail. Make a key at https://serpapi.com/manage-api-key");
  }
}
