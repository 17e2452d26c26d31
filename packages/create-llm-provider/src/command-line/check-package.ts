import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { templateContext } from "../context/template-context.ts";
import { ExitError } from "../exit-error.ts";
import { renderPackage } from "../render/render.ts";
import type { Resources } from "../resources.ts";
import { hash, manifestName, parseManifest } from "../write/manifest.ts";
import type { Reporter } from "./reporter.ts";

const meanings = {
  same: "as this version would write it",
  edited: "edited since; this version would write what was written then",
  outdated: "not edited; this version would write something else",
  both: "edited since, and this version would write something else",
  missing: "this version would write it; it is not there",
} as const;

type State = keyof typeof meanings;

/**
 * Tells which files of a generated package differ from what this version would write for the same answers. Cassettes are
 * left out: they are recorded anew as a matter of course. Exit code 0 when none differs, else 1.
 */
export async function checkPackage(folder: string, resources: Resources, reporter: Reporter): Promise<number> {
  const text = await readFile(join(folder, manifestName), "utf8").catch(() => undefined);
  if (text === undefined)
    throw new ExitError(
      2,
      `There is no ${manifestName} in ${folder}: check takes the folder of a package that this scaffolder made.`,
    );
  const manifest = parseManifest(text);
  if (!manifest) throw new ExitError(2, `${manifestName} is damaged. Take it back from git.`);

  const version = resources.versions["create-llm-provider"]!;
  const wanted = renderPackage(resources.templates, templateContext(manifest.answers, resources.versions, false));
  const files: { path: string; state: State }[] = [];
  for (const [path, wantedText] of wanted) {
    const found = await readFile(join(folder, path), "utf8").catch(() => undefined);
    files.push({
      path,
      state: compare(found, wantedText, Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined),
    });
  }
  const different = files.filter(({ state }) => state !== "same");
  const width = Math.max(0, ...different.map(({ path }) => path.length)) + 2;
  for (const { path, state } of different) reporter.say(`${path.padEnd(width)}${meanings[state]}`);
  const count = `${files.length - different.length} of ${files.length} files are as create-llm-provider ${version} would write them`;
  reporter.say(`${count}${manifest.version === version ? "" : `; ${manifest.version} wrote them`}.`);
  reporter.envelope({ ok: different.length === 0, version, writtenBy: manifest.version, files });
  return different.length === 0 ? 0 : 1;
}

function compare(found: string | undefined, wanted: string, written: string | undefined): State {
  if (found === undefined) return "missing";
  if (found === wanted) return "same";
  if (written === hash(wanted)) return "edited";
  return written === hash(found) ? "outdated" : "both";
}
