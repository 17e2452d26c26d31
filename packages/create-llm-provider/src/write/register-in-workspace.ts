import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readRegularText, writeRegularFile } from "@llm-provider/core/internal/files";
import type { TemplateContext } from "../context/template-context.ts";
import { render } from "../render/render.ts";
import type { Templates } from "../resources.ts";
import type { Undo } from "./write-package.ts";

/** Registers a new package in this repository: a reference in tsconfig.json, and a changeset. */
export async function registerInWorkspace(
  root: string,
  context: TemplateContext,
  templates: Templates,
  onUndo?: (undo: Undo) => void,
): Promise<void> {
  const project = join(root, "tsconfig.json");
  const lockfile = join(root, "pnpm-lock.yaml");
  const changeset = join(root, ".changeset", `add-${context.id}.md`);
  const before = [project, lockfile].map((path) => [path, readRegularText(path)!] as const);
  onUndo?.(async () => {
    await rm(changeset, { force: true });
    for (const [path, text] of before) writeRegularFile(path, text);
  });

  const text = render([new Map(Object.entries(templates.workspace))], context).get("add.md")!;
  writeRegularFile(changeset, text, { isNew: true });
  writeRegularFile(project, addReference(before[0]![1], `packages/${context.id}`));
}

/** In the formatter's style: on one line if that is not too wide. */
function addReference(config: string, path: string): string {
  const { references } = JSON.parse(config) as { references: { path: string }[] };
  if (references.some((reference) => reference.path === path)) return config;
  const items = [...references, { path }].map((reference) => `{ "path": ${JSON.stringify(reference.path)} }`);
  const flat = `[${items.join(", ")}]`;
  const wide = `  "references": ${flat}`.length > 120;
  return config.replace(/(?<="references": )\[[^\]]*\]/, () => (wide ? `[\n    ${items.join(",\n    ")}\n  ]` : flat));
}
