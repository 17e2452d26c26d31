import { z } from "zod";
import { toProblems, type Problem } from "./problem.ts";
import { callable, checkAddress, id, keyVariable, page, text } from "./endpoint-schema.ts";

const toolSchema = z
  .strictObject({
    id,
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, "Name a tool with letters, digits, _ and -, at most 64."),
    description: text,
    docs: page,
    baseURL: page.optional(),
    auth: z.union([
      z.literal("none"),
      z.strictObject({ env: keyVariable, page, optional: z.literal(true).optional() }),
    ]),
    input: z.custom(
      (value) => typeof Object(Object(value)["~standard"])["validate"] === "function",
      "This must be a Standard Schema, such as one of zod.",
    ),
    execute: callable,
    toText: callable,
  })
  .superRefine(checkAddress);

/** All problems of a tool's definition; empty when it has none. */
export function checkToolDefinition(definition: unknown): Problem[] {
  const shape = toolSchema.safeParse(definition);
  return shape.success ? [] : toProblems(shape.error);
}
