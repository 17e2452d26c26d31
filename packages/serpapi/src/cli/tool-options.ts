import type { ToolOptions } from "@llm-provider/core";

/** Options of the tool from the environment. */
export function toolOptions(): ToolOptions {
  const baseURL = process.env["SERPAPI_BASE_URL"];
  return baseURL ? { baseURL } : {};
}

/** Says on the error output, which no client reads as an answer, that searches will fail. */
export function warnWithoutKey(): void {
  // LibreChat leaves an unset variable as it is written.
  if (/^(\$\{\w+\})?$/.test(process.env["SERPAPI_API_KEY"] ?? "")) {
    console.error("SERPAPI_API_KEY is not set: searches will fail. Make a key at https://serpapi.com/manage-api-key");
  }
}
