import type { Draft } from "./draft.ts";

/** The repository's own checks, in the order of its CI. Only those that its package.json has. */
const known = ["lint:prettier", "typecheck", "lint", "test", "build"];

/** The commands that a person runs in the clone before they commit. */
export function repositoryChecks(draft: Pick<Draft, "read">): { install: string; checks: string[] } {
  const { scripts = {} } = JSON.parse(draft.read("package.json") ?? "{}") as { scripts?: Record<string, string> };
  return {
    install: "pnpm install --frozen-lockfile",
    checks: known.filter((name) => Object.hasOwn(scripts, name)).map((name) => `pnpm ${name}`),
  };
}
