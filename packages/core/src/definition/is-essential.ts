import { readPath } from "../read-path.ts";

/**
 * Would the answer mean something else without this parameter? Then it is never dropped: the request is refused.
 * Parameters such as temperature only tune.
 */
export function isEssential(name: string, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  switch (name) {
    case "tools":
      return !Array.isArray(value) || value.length > 0;
    case "tool_choice":
      return value !== "auto";
    case "response_format":
      return readPath(value, "type") === "json_schema" || readPath(value, "schema") !== undefined;
    case "n":
      return value !== 1;
    case "modalities":
      return true;
    default:
      return false;
  }
}
