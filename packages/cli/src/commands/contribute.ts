import { resolve } from "node:path";
import { readRegularText } from "@llm-provider/core/internal/files";
import type { Target } from "@llm-provider/librechat";
import { createCommand, loadProvider, paint, toJson, usageError, wrap } from "@llm-provider/testing/command";
import type { Contribution, GuidePlan } from "@llm-provider/upstream";
import type { Command } from "commander";
import { type CliIo, providerArgument } from "../cli-io.ts";

interface Options {
  readonly path?: string;
  readonly icon?: string;
  readonly rewrite?: boolean;
  readonly branch?: string;
  readonly target?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const help = {
  description:
    "Writes the guide of a provider into a clone of LibreChat-AI/librechat.ai, on a new branch: the page with the block for librechat.yaml, its place in the list and, for a new provider, the icon. An existing page keeps its prose; its block is updated, and notes about models that are gone are removed.\n\nNothing is committed, pushed or fetched. The checks to run, the commit message and the text of the pull request are printed. A clone with uncommitted changes is refused, and so is anything that looks like a key.",
  examples: [
    "git clone https://github.com/LibreChat-AI/librechat.ai",
    "llm-provider contribute groq mistral --path librechat.ai",
    "llm-provider contribute . --path ../librechat.ai --icon acme.svg",
  ],
};

export function contribute(io: CliIo, summary: string): Command {
  return createCommand("contribute", { summary, ...help }, io)
    .usage("<provider...> --path <clone> [options]")
    .argument("[provider...]", providerArgument(io))
    .option("--path <folder>", "The clone")
    .option("--icon <file>", "SVG of one colour, 24 × 24, at most 1,500 bytes")
    .option("--rewrite", "Write a page anew instead of keeping its prose")
    .option("--branch <name>", "The branch (default: made from the providers' names)")
    .option("--target <version>", "LibreChat to write for, such as 0.8.7 (default: the newest)")
    .option("--dry-run", "Print what would be written")
    .option("--json", "Print the plan as JSON")
    .action((names: string[], options: Options) => run(names, options, io));
}

async function run(names: readonly string[], options: Options, io: CliIo): Promise<void> {
  if (names.length === 0)
    throw usageError("Which provider? Such as `llm-provider contribute groq --path librechat.ai`.");
  const { path, icon, rewrite = false, branch, dryRun = false, json } = options;
  if (path === undefined)
    throw usageError("Where is the clone of LibreChat-AI/librechat.ai? Give its folder with `--path`.");
  const { targets } = await import("@llm-provider/librechat");
  const { contribute: contributeTo } = await import("@llm-provider/upstream");
  const target = options.target as Target | undefined;
  if (target !== undefined && !Object.hasOwn(targets, target)) {
    throw usageError(`There is no target \`${target}\`. Choose one of: ${Object.keys(targets).join(", ")}.`);
  }
  const factories = [];
  for (const name of names) factories.push(await loadProvider(name, io, io.providers));
  const contribution = await contributeTo({
    definitions: factories.map(({ definition }) => definition),
    path: resolve(io.cwd, path),
    ...(icon !== undefined && { icon: readIconFile(icon, io) }),
    ...(target !== undefined && { target }),
    rewrite,
    ...(branch !== undefined && { branch }),
    dryRun,
    env: io.env,
  });
  io.out(json ? `${toJson(planOf(contribution))}\n` : printContribution(contribution, dryRun, io));
}

function readIconFile(path: string, io: CliIo): string {
  const text = readRegularText(resolve(io.cwd, path), { name: path });
  if (text === undefined)
    throw usageError(`The icon ${path} cannot be read: there is no such file. Give the path of an SVG file.`);
  return text;
}

function planOf({ guides, edits, ...rest }: Contribution): object {
  return {
    ...rest,
    files: edits.map(({ path, before }) => ({ path, isNew: before === undefined })),
    guides: guides.map(({ definition, kind, path, icon, hasNewIcon, refreshed, linesToRead }) => ({
      id: definition.id,
      kind,
      path,
      icon,
      hasNewIcon,
      goneModels: refreshed?.goneModels ?? [],
      noLongerDropped: refreshed?.noLongerDropped ?? [],
      removedNotes: refreshed?.removedNotes ?? [],
      linesToRead,
    })),
  };
}

type View = Pick<CliIo, "isTerminal" | "columns">;

/** The report of a run: the written files, and what to reread, run and paste. */
function printContribution(contribution: Contribution, isDryRun: boolean, view: View): string {
  const { guides, edits, install, checks, commitMessage, pullRequest, policies } = contribution;
  const { bold, green, yellow } = paint(view);
  const sections =
    edits.length === 0
      ? [`${bold("Nothing to change.")} As they should be:\n${guides.map(({ path }) => `  ${path}`).join("\n")}`]
      : [
          `${bold(headline(contribution, isDryRun))}\n${edits.map(({ path, before }) => `  ${before === undefined ? green("new    ") : yellow("changed")} ${path}`).join("\n")}`,
          ...guides.flatMap((guide) => guideText(guide, view)),
          `${bold("Check it, in the clone")}\n${[install, ...checks].map((command) => `  ${command}`).join("\n")}`,
          `${bold("Commit it")}\n  git add --all\n  git commit -m "${commitMessage}"`,
          `${bold("Title of the pull request")}\n  ${pullRequest.title}`,
          `${bold("Text of the pull request")}\n\n${pullRequest.body.trimEnd()}`,
        ];
  return `${[...sections, policyText(policies, view)].join("\n\n")}\n`;
}

function headline({ branch, isNewBranch, isWritten }: Contribution, isDryRun: boolean): string {
  const place = `on ${isNewBranch ? "the new branch" : "the branch"} ${branch}`;
  if (isWritten) return `Already written ${place}, not committed`;
  return isDryRun ? `A dry run: this would be written ${place}` : `Written ${place}, not committed`;
}

function guideText(
  { definition, icon, hasUnusedIcon, kind, path, refreshed, linesToRead }: GuidePlan,
  view: View,
): string[] {
  const { bold, dim } = paint(view);
  const removed = kind === "refreshed" ? (refreshed?.removedNotes ?? []) : [];
  const file = path.slice(path.lastIndexOf("/") + 1);
  const texts = [
    kind === "rewritten" && `${bold(`${file} is written anew`)}\n  \`git diff\` shows the old text.`,
    removed.length > 0 &&
      `${bold(`Taken out of ${file}`)}, since it mentions models that are gone\n${removed.map((note) => dim(indented(note, view))).join("\n")}`,
    linesToRead.length > 0 &&
      `${bold(`Please read in ${file}`)}\n${linesToRead.map(({ line, text, why }) => `${indented(`Line ${line}: ${why}`, view)}\n${dim(indented(text, view, 4))}`).join("\n")}`,
    hasUnusedIcon && `${bold(`${definition.name} has an icon there already`)}\n  The file that you gave is not used.`,
    kind === "added" &&
      icon === "Plug" &&
      `${bold(`${definition.name} has no icon there yet`)}\n${indented("Give --icon with an SVG of one colour, 24 × 24, at most 1,500 bytes.", view)}`,
  ];
  return texts.filter((text) => typeof text === "string");
}

function policyText(policies: Contribution["policies"], view: View): string {
  const { bold, dim } = paint(view);
  const texts = policies.map(
    ({ repository, policy, sources, asOf }) =>
      `  ${repository}\n${indented(policy, view, 4)}\n${dim(indented(`${sources.join(" ")} (read on ${asOf})`, view, 4))}`,
  );
  return `${bold("Other repositories of LibreChat are left alone")}\n${texts.join("\n")}`;
}

function indented(text: string, { columns }: View, by = 2): string {
  const lead = " ".repeat(by);
  return wrap(text, Math.max(20, Math.min(columns, 100) - by))
    .map((line) => lead + line)
    .join("\n");
}
