import { createPatch } from "diff";
import type { Resources } from "../resources.ts";
import { comparePackage, type FileState, isBehind, meanings } from "../update/compare-package.ts";
import { describeChange, planUpdate } from "../update/plan-update.ts";
import { renderOfVersion } from "../update/render-of-version.ts";
import { updatePackage } from "../update/update-package.ts";
import { packageManager } from "../context/package-manager.ts";
import type { Host } from "./host.ts";
import type { Reporter } from "./reporter.ts";

/**
 * Lists the files of a package that differ from this version's output for the same answers; `diff` shows how. Exit code 0
 * if only the author made changes, else 1.
 */
export async function check(folder: string, diff: boolean, resources: Resources, reporter: Reporter): Promise<number> {
  const { manifest, files } = comparePackage(folder, resources);
  const version = resources.versions["create-llm-provider"]!;
  const different = files.filter(({ state }) => state !== "same");
  const behind = different.filter(isBehind);
  const width = Math.max(0, ...different.map(({ path }) => path.length)) + 2;
  for (const { path, state } of different) reporter.say(`${path.padEnd(width)}${meanings[state]}`);
  if (diff) for (const file of behind) reporter.say(patchOf(file));
  const count = `${files.length - different.length} of ${files.length} files are what create-llm-provider ${version} would write`;
  reporter.say(`${count}${manifest.version === version ? "" : `; ${manifest.version} wrote them`}.`);
  if (behind.length > 0) reporter.say("`create-llm-provider update` brings the others here, and keeps your edits.");
  reporter.envelope({
    ok: behind.length === 0,
    version,
    writtenBy: manifest.version,
    files: files.map((file) => ({
      path: file.path,
      state: file.state,
      ...(diff && isBehind(file) && { diff: patchOf(file) }),
    })),
  });
  return behind.length === 0 ? 0 : 1;
}

function patchOf({ path, found = "", wanted = "" }: FileState): string {
  return createPatch(path, found, wanted, "here", "this version");
}

/**
 * Brings a package to this version and keeps the author's edits. Exit code 0 if everything is done, 1 if a conflict or a file
 * beside another is left for the author.
 */
export async function update(folder: string, dryRun: boolean, host: Host, reporter: Reporter): Promise<number> {
  const version = host.resources.versions["create-llm-provider"]!;
  const comparison = comparePackage(folder, host.resources);
  const { manifest } = comparison;
  const changes = await planUpdate(
    comparison,
    () => {
      reporter.say(reporter.dim(`Fetching create-llm-provider ${manifest.version}, which wrote the package …`));
      return renderOfVersion(manifest, host);
    },
    version,
  );
  if (!dryRun) await updatePackage(folder, comparison, changes, version);
  for (const change of changes) reporter.say(describeChange(change));
  const open = changes.filter(({ action }) => action === "conflict" || action === "beside");
  const { install, run, test } = packageManager(manifest.answers.packageManager);
  const next = changes.length === 0 ? [] : [install, `${run} docs`, `${run} record`, test];
  if (dryRun) reporter.say("Nothing was written.");
  else if (changes.length === 0)
    reporter.say(`Everything is up to date with create-llm-provider ${version}; your edits are left alone.`);
  else
    reporter.say(
      `\n${reporter.bold("Next")}${open.length > 0 ? ": resolve what is marked, then" : ""}\n  ${next.join(" && ")}`,
    );
  reporter.envelope({
    ok: open.length === 0,
    version,
    writtenBy: manifest.version,
    dryRun,
    files: changes.map(({ path, action, target, conflicts }) => ({
      path,
      action,
      target,
      ...(conflicts && { conflicts }),
    })),
    next,
  });
  return open.length === 0 ? 0 : 1;
}
