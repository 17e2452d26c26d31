import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { manifestName, printManifest } from "./manifest.ts";
import { readTree } from "./read-tree.ts";
import { recordCassettes } from "./record-cassettes.ts";
import type { FileTree } from "./render.ts";
import { renderPackage } from "./render-package.ts";
import type { Resources } from "./resources.ts";
import { type TemplateAnswers, templateContext } from "./template-context.ts";
import { type Undo, writePackage } from "./write-package.ts";

export type MakeOptions = {
  resources: Resources;
  /** Written into this repository: workspace links, and nothing that the repository has once for all. */
  inWorkspace: boolean;
  onUndo: (undo: Undo) => void;
};

/** Makes the package and returns its files: all rendered, the cassettes recorded against the package's own twin, then moved in at once. */
export async function makePackage(folder: string, answers: TemplateAnswers, options: MakeOptions): Promise<FileTree> {
  const { templates, versions } = options.resources;
  const context = templateContext(answers, versions, options.inWorkspace);
  let made: FileTree = new Map();
  const finish = async (draft: string) => {
    await recordCassettes(context, join(draft, "test", "cassettes"));
    if (!options.inWorkspace) {
      const text = printManifest(versions["create-llm-provider"]!, answers, await readTree(draft));
      await writeFile(join(draft, manifestName), text, { flag: "wx" });
    }
    made = await readTree(draft);
  };
  await writePackage(folder, renderPackage(templates, context), {
    finish,
    onUndo: options.onUndo,
    hint: options.inWorkspace ? "Choose another id." : undefined,
  });
  return made;
}
