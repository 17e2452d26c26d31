import { relative } from "node:path";
import { type AnswerName, answerNames, presentationOf } from "../answers/answers-schema.ts";
import { namesOf } from "../answers/names-of.ts";
import type { PackagePlan } from "../context/plan-package.ts";

/** Three commands: open the folder, record live, add it to LibreChat. */
export function nextCommands({ context, folder, root }: PackagePlan, installed: boolean): string[] {
  const { id, env, packageName, pm, inWorkspace, isTool, ownNode } = context;
  const key = env ? `${env}=… ` : "";
  if (inWorkspace) {
    return [
      `npx -y pnpm@12.21.0 vitest run packages/${id}/`,
      `${key}npx -y pnpm@12.21.0 --filter ${packageName} record`,
      "npx -y pnpm@12.21.0 test",
    ];
  }
  const path = relative(root, folder);
  const enter = path ? `cd ${shellWords([path])}` : "";
  const look = installed ? pm.test : `${pm.install} && ${pm.test}`;
  return [
    [enter, look].filter(Boolean).join(" && "),
    `${key}${pm.run} record`,
    // LibreChat starts the built file of a tool; of a provider, the source is read, which an old Node cannot do.
    `${isTool || ownNode ? `${pm.run} build && ` : ""}npx llm-provider librechat add . --config ../LibreChat/librechat.yaml`,
  ];
}

/** Commands that undo a package in this repository; none elsewhere, where a package is only a folder. */
export function undoCommands({ context: { id, inWorkspace } }: PackagePlan): string[] {
  if (!inWorkspace) return [];
  return [
    `rm -r packages/${id} .changeset/add-${id}.md`,
    // Not with pnpm, which first installs, and cannot while the lists name a deleted package.
    "node_modules/.bin/node scripts/write-registry.ts",
    "npx -y pnpm@12.21.0 install --no-frozen-lockfile",
    "npx -y pnpm@12.21.0 run tables",
  ];
}

/** The command that gives the same answers again and asks nothing. */
export function rerunCommand(program: string, given: { readonly [name: string]: unknown }): string {
  const id = String(given["id"]);
  const defaults: { [name in AnswerName]?: unknown } = { template: "provider", apiKeyEnv: namesOf(id).keyVariable };
  const words = [id];
  for (const name of answerNames) {
    const { flag } = presentationOf(name);
    const value = given[name];
    if (!flag || value === undefined || value === defaults[name]) continue;
    const { positive } = presentationOf(name);
    if (value === !positive) continue;
    if (value === true) {
      words.push(`--${flag}`);
      continue;
    }
    if (value === false) words.push(`--no-${flag}`);
    else words.push(`--${flag}`, Array.isArray(value) ? value.join(",") : String(value));
  }
  return `${program} ${shellWords([...words, "--yes"])}`;
}

/** A command line that a POSIX shell reads back as exactly these words. */
function shellWords(words: readonly string[]): string {
  return words.map((word) => (/^[\w.,:/@+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(" ");
}
