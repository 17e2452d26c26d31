import { describeIssues } from "@llm-provider/core/internal";
import type { Context } from "hono";
import { z } from "zod";

/** The most bytes of a JSON body, which is a question and some ids. */
const longestJson = 1024 * 1024;

/** The body of a request, checked against the schema, or a sentence that says why it is invalid. */
export async function readJson<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.output<Schema> | string> {
  const text = await context.req.text();
  if (Buffer.byteLength(text) > longestJson) return `The body has more than ${longestJson} bytes.`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "The body is not JSON.";
  }
  const { data, error } = schema.safeParse(value);
  if (!error) return data as z.output<Schema>;
  const checked = { value, schema: z.toJSONSchema(schema, { io: "input" }), whole: "the body" };
  return describeIssues(error.issues, checked)
    .map(({ message }) => message)
    .join(" ");
}
