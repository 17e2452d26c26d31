import type { Definition } from "@llm-provider/core";
import { defaultTarget, type Target, toEndpoint } from "@llm-provider/librechat";
import { createDraft, type Draft, type Edit, parseJson } from "./clone/draft.ts";
import { type Clone, openClone } from "./clone/open-clone.ts";
import { findSecret, holdsSecret, secretsOf } from "./find-secret.ts";
import { type GuidePlan, planGuide } from "./plan-guide.ts";
import { commitMessage, pullRequest } from "./pull-request.ts";
import { refusal } from "./refusal.ts";

/** The options of `contribute`. */
export interface ContributeOptions {
  /** The providers whose guides are written or updated in one change. */
  readonly definitions: readonly Definition[];
  /** Folder: the top of a clone of LibreChat-AI/librechat.ai. */
  readonly path: string;
  /** SVG text of at most 1,500 bytes, one colour, 24 × 24. Only with one provider, and used if the clone has no icon for it. */
  readonly icon?: string;
  /**
   * The LibreChat release that the blocks are written for.
   * @default the newest
   */
  readonly target?: Target;
  /**
   * Writes new pages instead of keeping their prose.
   * @default false
   */
  readonly rewrite?: boolean;
  /**
   * Name of the branch.
   * @default made from the ids, such as `docs/groq-endpoint`
   */
  readonly branch?: string;
  /**
   * Plans only: makes no branch and writes no file.
   * @default false
   */
  readonly dryRun?: boolean;
  /**
   * Its keys must not be written.
   * @default process.env
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The result of a run; of a dry run, the plan. */
export interface Contribution {
  readonly branch: string;
  /** This run made the branch, or would make it. */
  readonly isNewBranch: boolean;
  /** An earlier run wrote the edits, and they are not committed yet. */
  readonly isWritten: boolean;
  readonly guides: readonly GuidePlan[];
  /** Empty when the clone is up to date. */
  readonly edits: readonly Edit[];
  /** The command that installs the repository's packages. */
  readonly install: string;
  /** The commands that check the change, in the order of that repository's CI. */
  readonly checks: readonly string[];
  readonly commitMessage: string;
  readonly pullRequest: { readonly title: string; readonly body: string };
  /** Repositories that `contribute` leaves alone, and why. */
  readonly policies: readonly UpstreamPolicy[];
}

/**
 * Writes guide pages for LibreChat's documentation into a clone, on a separate branch. It does not commit, push or fetch,
 * and runs no program that the clone's configuration names. Throws an Error with a sentence and an `exitCode`
 * when the clone has changes, when its layout is unknown, or when a key would be written.
 */
export async function contribute(options: ContributeOptions): Promise<Contribution> {
  const { definitions, icon, rewrite, target = defaultTarget } = options;
  // git runs while the schemas load.
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
  const checks = repositoryChecks(draft);
  const isWritten = isAlreadyWritten(clone, edits);
  const isToWrite = edits.length > 0 && !isWritten;
  const branch = isToWrite ? (options.branch ?? branchName(definitions)) : (clone.branch ?? "HEAD");
  const isNewBranch = isToWrite && branch !== clone.branch;
  if (isNewBranch) await clone.checkBranch(branch);
  if (isToWrite && !options.dryRun) {
    if (isNewBranch) await clone.createBranch(branch);
    for (const { path, after } of edits) clone.write(path, after);
  }
  return {
    branch,
    isNewBranch,
    isWritten,
    guides,
    edits,
    install: "pnpm install --frozen-lockfile",
    checks,
    commitMessage: commitMessage(guides),
    pullRequest: pullRequest(guides, checks),
    policies: upstreamPolicies,
  };
}

/** Loads the schemas here, because nothing else in the package needs them. */
async function refuseUnsound(definitions: readonly Definition[]): Promise<void> {
  if (definitions.length === 0) throw refusal("Name the provider whose guide should be written.", 2);
  const { checkDefinition } = await import("@llm-provider/core/check");
  for (const definition of definitions) {
    const [problem] = checkDefinition(definition);
    if (problem) throw refusal(`The definition of ${definition.id} is invalid. ${problem.path}: ${problem.message}`);
  }
}

function refuseSecretDefinitions({ definitions, env = process.env }: ContributeOptions): string[] {
  const variables = definitions.flatMap(({ auth }) => (auth === "none" ? [] : [auth.env]));
  const secrets = secretsOf(env, variables);
  for (const definition of definitions) {
    const path = findSecret(definition, secrets);
    if (path !== undefined)
      throw refusal(
        `The definition of ${definition.id} contains a key, at \`${path}\`. Remove it, and revoke it if it was shared.`,
      );
  }
  return secrets;
}

/** Checks only new lines: we do not refuse a file's older text. */
function refuseSecretLines(edits: readonly Edit[], secrets: readonly string[]): void {
  for (const { path, before = "", after } of edits) {
    const kept = new Set(before.split("\n"));
    const added = after.split("\n").filter((line) => !kept.has(line));
    if (added.some((line) => holdsSecret(line, secrets))) {
      throw refusal(
        `Something that looks like a key would be written into ${path}. Remove it from the definition or the icon.`,
      );
    }
  }
}

/** Are these edits the clone's only changes? Any other change is refused. */
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

/** A branch name for the change. */
function branchName(definitions: readonly Definition[]): string {
  const ids = definitions.map(({ id }) => id).join("-");
  return ids.length <= 50 ? `docs/${ids}-endpoint` : "docs/endpoint-guides";
}

/** The repository's own checks that its package.json has, in the order of its CI. */
function repositoryChecks(draft: Draft): string[] {
  const known = ["lint:prettier", "typecheck", "lint", "test", "build"];
  const manifest = parseJson("package.json", draft.read("package.json") ?? "{}") as { scripts?: object | null } | null;
  const scripts = manifest?.scripts ?? {};
  return known.filter((name) => Object.hasOwn(scripts, name)).map((name) => `pnpm ${name}`);
}

/** How a LibreChat repository accepts a provider from outside, and the source. */
export interface UpstreamPolicy {
  readonly repository: string;
  readonly policy: string;
  readonly sources: readonly string[];
  /** The day the sources were read. */
  readonly asOf: string;
}

const threads = "https://github.com/danny-avila/LibreChat/pull";

/** Repositories that `contribute` leaves alone, and why. */
const upstreamPolicies: readonly UpstreamPolicy[] = [
  {
    repository: "danny-avila/LibreChat",
    policy:
      "A guide page is enough: only a provider with an icon of about 1 kB needs a change here. In 2026, pull requests from outside that add a known endpoint were closed. Open a Discussion first; send the change to the branch `dev` and link the documentation's pull request.",
    sources: [`${threads}/4843`, `${threads}/11951`, `${threads}/15645`, `${threads}/15861`, `${threads}/16090`],
    asOf: "2026-11-22",
  },
  {
    repository: "LibreChat-AI/librechat-config-yaml",
    policy:
      "Open an issue with the form for a new provider first. A change adds an entry to all five endpoint files, a model fetcher with a test, a row in the README and, if LibreChat does not have one, an icon. A bot updates the models.",
    sources: ["https://github.com/LibreChat-AI/librechat-config-yaml"],
    asOf: "2026-11-22",
  },
];
