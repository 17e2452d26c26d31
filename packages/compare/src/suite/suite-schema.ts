import type { JsonObject } from "@llm-provider/core";
import { parseDuration } from "@llm-provider/core/internal";
import { z } from "zod";
import type { ScriptedAnswer } from "./suite.ts";

/** A text, or a file that contains it. */
export type WrittenText = string | { readonly file: string };

/** A check as written in the file. It has exactly one key. */
export interface WrittenCheck {
  readonly not?: WrittenCheck;
  readonly equals?: string;
  readonly contains?: string;
  readonly regex?: { readonly pattern: string; readonly flags: string };
  readonly json?: true | JsonObject;
  readonly javascript?: WrittenText;
  readonly toolCall?: { readonly name: string; readonly arguments?: JsonObject };
  readonly cost?: number;
  readonly latency?: number;
  readonly words?: { readonly least: number; readonly most?: number };
  readonly refusal?: true;
}

/** A task as written in the file. */
export interface WrittenTask {
  readonly id: string;
  readonly prompt: WrittenText;
  readonly system?: WrittenText;
  readonly variables: Readonly<Record<string, string | number>>;
  readonly attachments: readonly string[];
  readonly tools: readonly { readonly name: string; readonly description?: string; readonly parameters: JsonObject }[];
  readonly parameters: JsonObject;
  readonly checks: readonly WrittenCheck[];
  readonly twin: readonly (ScriptedAnswer & { readonly file?: string; readonly code?: string })[];
}

/** A suite as written in the file. */
export interface WrittenSuite {
  readonly name: string;
  readonly system?: WrittenText;
  readonly variables: WrittenTask["variables"];
  readonly parameters: JsonObject;
  readonly tasks: readonly WrittenTask[];
}

const text = z.string().min(1, "A text is missing.");
const file = z.strictObject({ file: text.describe("A path relative to the suite's folder.") });
const textOrFile = z.union([text, file], "A text is expected, or `file` with the path of one.");
const object: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/** Parts of a request that a task sets by other keys, or that the comparison sets. */
const ownParameters: readonly string[] = ["model", "messages", "stream", "stream_options", "tools", "n"];

const parameters = object
  .refine((given) => Object.keys(given).every((name) => !ownParameters.includes(name)), {
    message: `${ownParameters.join(", ")} are not parameters of a task. Use \`prompt\`, \`system\` and \`tools\` instead.`,
  })
  .describe("Parameters of the request, such as temperature, by their names in the API.");

const variables = z
  .record(z.string().regex(/^\w+$/, "A name of letters and digits is expected."), z.union([z.string(), z.number()]))
  .describe("Values for {{name}} in prompts and system prompts.");

const duration = z.string().transform((given, context) => {
  const milliseconds = parseDuration(given);
  if (milliseconds !== undefined && milliseconds > 0) return milliseconds;
  context.addIssue("A time above 0 is expected, such as 5s or 500ms.");
  return z.NEVER;
});

const regex = z
  .union([text, z.strictObject({ pattern: text, flags: z.string().default("") })])
  .transform((given, context) => {
    const { pattern, flags } = typeof given === "string" ? { pattern: given, flags: "" } : given;
    try {
      "".search(new RegExp(pattern, flags));
    } catch (error) {
      context.addIssue(`This is not a regular expression: ${(error as Error).message}.`);
    }
    return { pattern, flags };
  });

const jsonSchema = object.superRefine((schema, context) => {
  try {
    z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    context.addIssue(`This JSON Schema cannot be used: ${(error as Error).message}.`);
  }
});

const words = z
  .union([z.int().positive(), z.strictObject({ min: z.int().min(0).default(0), max: z.int().positive().optional() })])
  .transform((given) =>
    typeof given === "number"
      ? { least: 0, most: given }
      : { least: given.min, ...(given.max !== undefined && { most: given.max }) },
  );

const kinds = {
  equals: z.string().optional().describe("The answer is this text, apart from surrounding white space."),
  contains: text.optional().describe("The answer contains this text."),
  regex: regex.optional().describe("The answer matches this regular expression."),
  json: z
    .union([jsonSchema, z.literal(true)])
    .optional()
    .describe("The answer is JSON: true for any, or a JSON Schema."),
  javascript: textOrFile.optional().describe("The answer is JavaScript in one fenced block, and these tests pass."),
  toolCall: z
    .strictObject({
      name: text,
      arguments: object.optional().describe("Expected arguments. The call may have others too."),
    })
    .optional()
    .describe("The answer calls this tool."),
  cost: z.number().positive().optional().describe("The maximum cost of the answer in US dollars."),
  latency: duration.optional().describe("The answer ends within this time, such as 5s."),
  words: words.optional().describe("The maximum number of words, or a range from min to max."),
  refusal: z.literal(true).optional().describe("The model refuses."),
};

const hasOne = (given: object): boolean => Object.keys(given).length === 1;
const oneKey = "A check has one key. Write each check as a separate entry.";
const plainCheck = z.strictObject(kinds).refine(hasOne, oneKey);
const check = z
  .strictObject({ ...kinds, not: plainCheck.optional().describe("Passes if the check inside fails.") })
  .refine(hasOne, oneKey);

const scripted = z
  .strictObject({
    model: text.optional().describe("provider:model. Without it, the answer is for every model without its own."),
    text: z.string().optional(),
    file: text.optional().describe("A file with the text."),
    code: text.optional().describe("A file with JavaScript, which becomes a fenced block."),
    toolCalls: z.array(z.strictObject({ name: text, arguments: object.default({}) })).optional(),
    error: z.strictObject({ status: z.int().min(400).max(599), message: text }).optional(),
    cutAt: z.int().positive().optional().describe("The connection breaks after this number of bytes."),
  })
  .describe("The answer of a fake endpoint, used with --twin.");

const tool = z.strictObject({
  name: z.string().regex(/^[\w-]{1,64}$/, "A name of letters, digits, _ and - is expected."),
  description: text.optional(),
  parameters: object.describe("A JSON Schema of an object."),
});

const task = z.strictObject({
  id: z.string().regex(/^[\w][\w.-]{0,63}$/, "Letters, digits, `_`, `.` and `-` are expected, 64 at most."),
  prompt: textOrFile,
  system: textOrFile.optional(),
  variables: variables.default({}),
  attachments: z
    .array(text)
    .default([])
    .describe("Images, PDF, WAV or MP3 files, by paths relative to the suite's folder."),
  tools: z.array(tool).default([]),
  parameters: parameters.default({}),
  checks: z.array(check).min(1, "A task needs at least one check."),
  twin: z.union([text.transform((given) => [{ text: given }]), z.array(scripted).min(1)]).default([]),
});

/** The schema of a `suite.yaml`. */
export const suiteSchema: z.ZodType<WrittenSuite> = z.strictObject({
  version: z.literal(1),
  name: text.describe("The title of the report."),
  system: textOrFile.optional().describe("The system prompt of every task without its own."),
  variables: variables.default({}),
  parameters: parameters.default({}).describe("Parameters of every task, in addition to its own."),
  tasks: z
    .array(task)
    .min(1, "A suite needs at least one task.")
    .superRefine((tasks, context) => {
      for (const [index, { id }] of tasks.entries())
        if (tasks.findIndex((one) => one.id === id) < index)
          context.addIssue({ code: "custom", message: `There are two tasks \`${id}\`.`, path: [index, "id"] });
    }),
});
