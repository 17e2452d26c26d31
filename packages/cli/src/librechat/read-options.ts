import { defaultTarget, targets, type EndpointOptions, type Target } from "@llm-provider/librechat";
import type { Option, Values } from "../command.ts";
import { usageError } from "../usage-error.ts";

export const targetOption: Option = {
  type: "string",
  short: "t",
  value: "VERSION",
  description: `The LibreChat that reads the file: ${Object.keys(targets).join(" or ")}; ${defaultTarget} unless given`,
};

export const keysOption: Option = {
  type: "string",
  value: "env|user",
  description: "Whose key: LibreChat's, from its .env, or each user's own; env unless given",
};

/** The release that was named, or the newest. */
export function readTarget(values: Values): Target {
  const target = values["target"] ?? defaultTarget;
  if (Object.hasOwn(targets, String(target))) return target as Target;
  throw usageError(`There is no target \`${String(target)}\`. There are: ${Object.keys(targets).join(", ")}.`);
}

export function readEndpointOptions(values: Values): EndpointOptions {
  const keys = values["keys"] ?? "env";
  if (keys !== "env" && keys !== "user")
    throw usageError(`\`--keys\` takes env or user, not "${String(keys)}": LibreChat's own key, or each user's.`);
  return { target: readTarget(values), keys };
}
