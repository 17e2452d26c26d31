import { relative } from "node:path";
import { packageManager } from "./package-manager.ts";
import { shellWords } from "./shell-words.ts";
import type { TemplateContext } from "./template-context.ts";

/** Three commands: go there and look, record live, put it into LibreChat. */
export function nextCommands(context: TemplateContext, folder: string, here: string, installed: boolean): string[] {
  const { id, env, packageName, answers, inWorkspace } = context;
  const manager = packageManager(answers.packageManager, undefined);
  const key = env ? `${env}=… ` : "";
  if (inWorkspace) {
    return [
      `npx -y pnpm@12.21.0 vitest run packages/${id}/`,
      `${key}npx -y pnpm@12.21.0 --filter ${packageName} record`,
      "npx -y pnpm@12.21.0 test",
    ];
  }
  const path = relative(here, folder);
  const enter = path ? `cd ${shellWords([path])}` : "";
  const look = installed ? manager.test : `${manager.install} && ${manager.test}`;
  return [
    [enter, look].filter(Boolean).join(" && "),
    `${key}${manager.run} record`,
    "npx llm-provider librechat add . --config ../LibreChat/librechat.yaml",
  ];
}
