import { createHash } from "node:crypto";
import * as z from "zod";
import { answersSchema } from "../answers/answers-schema.ts";
import type { FileTree } from "../render/render.ts";
import type { TemplateAnswers } from "../context/complete-answers.ts";

export const manifestName = ".llm-provider.json";

const { template, id, name, baseURL, apiKeyEnv, models, docs, dialect, packageManager } = answersSchema.shape;
const templateAnswers = z.strictObject({
  template: template.unwrap(),
  id,
  name: name.unwrap(),
  baseURL,
  apiKeyEnv: apiKeyEnv.unwrap(),
  // A tool has none.
  models: models.unwrap().or(z.tuple([])),
  docs: docs.unwrap(),
  dialect: dialect.unwrap(),
  packageManager: packageManager.unwrap(),
  created: z.iso.date(),
  ownNode: z.boolean(),
}) satisfies z.ZodType<TemplateAnswers>;

const manifestSchema = z.object({
  version: z.string().describe("The version of create-llm-provider that wrote the package"),
  answers: templateAnswers,
  files: z.record(z.string(), z.string()).describe("SHA-256 of each file as it was written"),
});

/** What a package remembers of how it was made. */
export type Manifest = z.infer<typeof manifestSchema>;

export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function printManifest(version: string, answers: TemplateAnswers, files: FileTree): string {
  const hashes = Object.fromEntries([...files].map(([path, text]) => [path, hash(text)]));
  return `${JSON.stringify({ version, answers, files: hashes } satisfies Manifest, null, 2)}\n`;
}

/** `undefined` where the text is not a manifest of ours. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
