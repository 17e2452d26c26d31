import { createHash } from "node:crypto";
import * as z from "zod";
import { answersSchema } from "../answers/answers-schema.ts";
import type { TemplateAnswers } from "../context/complete-answers.ts";
import type { FileTree } from "../render/render.ts";

export const manifestName = ".llm-provider.json";

const { template, id, name, baseURL, apiKeyEnv, models, docs, dialect, method, packageManager } = answersSchema.shape;
const { scope, author, repository, with: bridges } = answersSchema.shape;
const none = z.literal("");
const templateAnswers = z.preprocess(
  fromFirstVersion,
  z.strictObject({
    template: template.unwrap(),
    id,
    name: name.unwrap(),
    baseURL,
    apiKeyEnv: apiKeyEnv.unwrap(),
    // A tool has none.
    models: models.unwrap().or(z.tuple([])),
    docs: docs.unwrap().or(none),
    dialect: dialect.unwrap(),
    method,
    with: bridges,
    packageManager: packageManager.unwrap(),
    scope: none.or(scope.unwrap()).default(""),
    author: none.or(author.unwrap()).default(""),
    repository: none.or(repository.unwrap()).default(""),
    created: z.iso.date(),
    ownNode: z.boolean(),
    nested: z.boolean().default(false),
  }),
) satisfies z.ZodType<TemplateAnswers>;

const manifestSchema = z.object({
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+[\w.+-]*$/)
    .describe("The version of create-llm-provider that wrote the package"),
  answers: templateAnswers,
  files: z.record(z.string(), z.string()).describe("SHA-256 of each file as it was written"),
});

/** A package's record of how it was made. */
export interface Manifest extends z.infer<typeof manifestSchema> {
  /** The answers in the form of the version that wrote them. */
  recorded: { readonly [name: string]: unknown };
}

export function hashes(files: FileTree): Manifest["files"] {
  return Object.fromEntries([...files].map(([path, text]) => [path, hash(text)]));
}

export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** `files`: hashes by path. */
export function printManifest(version: string, answers: TemplateAnswers, files: Manifest["files"]): string {
  return `${JSON.stringify({ version, answers, files } satisfies z.infer<typeof manifestSchema>, null, 2)}\n`;
}

/** `undefined` if the text is not one of our manifests. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as { answers: Manifest["recorded"] };
    const { data } = manifestSchema.safeParse(value);
    return data && { ...data, recorded: value.answers };
  } catch {
    return undefined;
  }
}

/** The first version called its dialect `openai`, and used the API's address if no documentation was named. */
function fromFirstVersion(answers: unknown): unknown {
  if (typeof answers !== "object" || answers === null) return answers;
  const { dialect: named, docs: page, baseURL: address, ...others } = answers as { [name: string]: unknown };
  const isOwnAddress = typeof address === "string" && URL.canParse(address) && new URL(address).origin === page;
  return {
    ...others,
    baseURL: address,
    dialect: named === "openai" ? "chat-completions" : named,
    docs: isOwnAddress ? "" : page,
  };
}
