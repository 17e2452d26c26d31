import type { Contribution, GuidePlan } from "@llm-provider/librechat/contribute";
import type { Io } from "./io.ts";
import { paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

type View = Pick<Io, "isTerminal" | "columns">;

/** What a person reads after a run: what was written, what to read again, what to run, and what to paste. */
export function printContribution(contribution: Contribution, isDryRun: boolean, view: View): string {
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
    kind === "rewritten" && `${bold(`${file} is written anew`)}\n  \`git diff\` shows what it said before.`,
    removed.length > 0 &&
      `${bold(`Taken out of ${file}`)}, since it speaks of models that are gone\n${removed.map((note) => dim(indented(note, view))).join("\n")}`,
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
