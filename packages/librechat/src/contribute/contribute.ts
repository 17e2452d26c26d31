import type { Definition } from "@llm-provider/core";
import { defaultTarget, type Target } from "../target.ts";
import { toEndpoint } from "../to-endpoint.ts";
import { createDraft, type Edit } from "./draft.ts";
import { findSecret, holdsSecret, secretsOf } from "./find-secret.ts";
import { branchName, commitMessage } from "./guide-titles.ts";
import { type Clone, openClone } from "./open-clone.ts";
import { type GuidePlan, planGuide } from "./plan-guide.ts";
import { pullRequest } from "./pull-request.ts";
import { refusal } from "./refusal.ts";
import { repositoryChecks } from "./repository-checks.ts";
import { type UpstreamPolicy, upstreamPolicies } from "./upstream-policies.ts";

export type ContributeOptions = {
  /** The providers whose guides are written or brought up to date, in one change. */
  readonly definitions: readonly Definition[];
  /** Folder: the top of a clone of LibreChat-AI/librechat.ai. */
  readonly path: string;
  /** SVG text, at most 1,500 bytes, one colour, 24 × 24: for one provider whose icon the clone does not have. */
  readonly icon?: string;
  /** The LibreChat release that the blocks are written for; the newest. */
  readonly target?: Target;
  /** Writes pages anew instead of keeping their prose; false. */
  readonly rewrite?: boolean;
  /** Name of the branch; made from the ids. */
  readonly branch?: string;
  /** Plans only: no branch, no file; false. */
  readonly dryRun?: boolean;
  /** Its keys are what must not be written: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
};

export type Contribution = {
  readonly branch: string;
  /** The branch was made by this run, or would be. */
  readonly isNewBranch: boolean;
  /** An earlier run wrote the edits, and they are not committed yet. */
  readonly isWritten: boolean;
  readonly guides: readonly GuidePlan[];
  /** Empty when the clone is as it should be. */
  readonly edits: readonly Edit[];
  readonly install: string;
  readonly checks: readonly string[];
  readonly commitMessage: string;
  readonly pullRequest: { readonly title: string; readonly body: string };
  readonly policies: readonly UpstreamPolicy[];
};

/**
 * Writes guide pages for LibreChat's documentation into a clone, on a branch of their own. Nothing is committed, pushed or
 * fetched. Throws an Error with a sentence and an `exitCode` when the clone is not clean, is of another layout, or when a
 * key would be written.
 */
export async function contribute(options: ContributeOptions): Promise<Contribution> {
  const { definitions, icon, rewrite, target = defaultTarget } = options;
  // git looks while the schemas load.
  const opening = openClone(options.path);
  opening.catch(() => {});
  await refuseUnsound(definitions);
  if (icon !== undefined && definitions.length !== 1) throw refusal("An icon belongs to one provider: name one.", 2);
  const secrets = refuseSecretDefinitions(options);

  const clone = await opening;
  const draft = createDraft(clone);
  const guides = definitions.map((definition) =>
    planGuide(draft, definition, toEndpoint(definition, { target, keys: "env" }), { svg: icon, rewrite }),
  );
  const edits = draft.edits();
  refuseSecretLines(edits, secrets);
  const isWritten = isAlreadyWritten(clone, edits);
  const isToWrite = edits.length > 0 && !isWritten;
  const branch = isToWrite ? (options.branch ?? branchName(definitions)) : (clone.branch ?? "HEAD");
  const isNewBranch = isToWrite && branch !== clone.branch;
  if (isNewBranch) await refuseTaken(clone, branch);
  if (isToWrite && !options.dryRun) {
    if (isNewBranch) await clone.createBranch(branch);
    for (const { path, after } of edits) clone.write(path, after);
  }
  const { install, checks } = repositoryChecks(draft);
  return {
    branch,
    isNewBranch,
    isWritten,
    guides,
    edits,
    install,
    checks,
    commitMessage: commitMessage(guides),
    pullRequest: pullRequest(guides, checks),
    policies: upstreamPolicies,
  };
}

/** Loads the schemas only here: the rest of the package does without them. */
async function refuseUnsound(definitions: readonly Definition[]): Promise<void> {
  if (definitions.length === 0) throw refusal("Name the provider whose guide shall be written.", 2);
  const { checkDefinition } = await import("@llm-provider/core/check");
  for (const definition of definitions) {
    const [problem] = checkDefinition(definition);
    if (problem) throw refusal(`The definition of ${definition.id} is not sound. ${problem.path}: ${problem.message}`);
  }
}

function refuseSecretDefinitions({ definitions, env = process.env }: ContributeOptions): string[] {
  const variables = definitions.flatMap(({ auth }) => (auth === "none" ? [] : [auth.env]));
  const secrets = secretsOf(env, variables);
  for (const definition of definitions) {
    const path = findSecret(definition, secrets);
    if (path !== undefined)
      throw refusal(
        `The definition of ${definition.id} holds a key, at \`${path}\`. Take it out, and revoke it if it was shared.`,
      );
  }
  return secrets;
}

/** What a file held before is not ours to refuse. */
function refuseSecretLines(edits: readonly Edit[], secrets: readonly string[]): void {
  for (const { path, before = "", after } of edits) {
    const kept = new Set(before.split("\n"));
    const added = after.split("\n").filter((line) => !kept.has(line));
    if (added.some((line) => holdsSecret(line, secrets))) {
      throw refusal(`Something that looks like a key would be written into ${path}. Take it out of what you gave.`);
    }
  }
}

/** Whether the clone's only changes are these edits. Any other change is refused. */
function isAlreadyWritten({ changed, readWorkTree }: Clone, edits: readonly Edit[]): boolean {
  if (changed.length === 0) return false;
  // git may give a file other line ends in the work tree.
  const unix = (text: string | undefined) => text?.replaceAll("\r\n", "\n");
  const texts = new Map(edits.map(({ path, after }) => [path, unix(after)]));
  const foreign = changed.filter((path) => !texts.has(path) || texts.get(path) !== unix(readWorkTree(path)));
  if (foreign.length === 0 && changed.length === edits.length) return true;
  const path = foreign[0] ?? changed[0];
  const more = changed.length > 1 ? ` and ${changed.length - 1} more` : "";
  throw refusal(`The clone has changes that are not committed: ${path}${more}. Commit or undo them first.`);
}

async function refuseTaken(clone: Clone, branch: string): Promise<void> {
  if (!/^[A-Za-z0-9_][\w./-]*$/.test(branch) || /\.\.|\/\/|[./]$|\.lock$/.test(branch)) {
    throw refusal(
      `${JSON.stringify(branch)} is no good name for a branch: use letters, digits, hyphens and slashes.`,
      2,
    );
  }
  if (await clone.hasBranch(branch)) {
    throw refusal(
      `The clone has a branch ${branch} already. Switch to it with \`git switch ${branch}\`, or give another with --branch.`,
    );
  }
}
