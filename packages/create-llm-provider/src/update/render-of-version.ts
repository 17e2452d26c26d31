import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hash, type Manifest, manifestName } from "../write/manifest.ts";
import { readTree } from "../write/write-package.ts";

/** The program that runs npm. */
export interface NpmHost {
  environment: { readonly [name: string]: string | undefined };
}

/**
 * The original files of a package by path: the version that wrote them is fetched from the registry and makes the package
 * again, in a folder that is deleted. Only texts with the recorded hash are kept; none if the version is not available.
 */
export async function renderOfVersion(
  { version, recorded, answers, files }: Manifest,
  host: NpmHost,
): Promise<Map<string, string>> {
  const temporary = await mkdtemp(join(tmpdir(), "create-llm-provider-"));
  try {
    const whole = join(temporary, manifestName);
    await writeFile(whole, JSON.stringify({ version, answers: recorded, files: {} }));
    // The first version does not take a manifest, nor answers that it derives by itself.
    const { created: _, ownNode: __, ...plain } = recorded;
    const asked = Object.entries(plain).filter(
      ([name, value]) => !isEmptyList(value) && !(name === "dialect" && plain["template"] === "tool"),
    );
    const answersOnly = join(temporary, "answers.json");
    await writeFile(answersOnly, JSON.stringify(Object.fromEntries(asked)));
    for (const [index, config] of [whole, answersOnly].entries()) {
      const made = join(temporary, String(index));
      const words = ["--config", config, "--dir", made, "--no-install", "--no-git", "--yes"];
      if (
        await runNpm(
          ["exec", "--yes", `--package=create-llm-provider@${version}`, "--", "create-llm-provider", ...words],
          temporary,
          host,
        )
      )
        return proven(await readTree(made), files, answers.created);
    }
    return new Map();
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The texts with the recorded hash; the first version writes the current day, which is replaced by the original one. */
function proven(made: ReadonlyMap<string, string>, files: Manifest["files"], created: string): Map<string, string> {
  const today = new Date().toISOString().slice(0, 10);
  const texts = new Map<string, string>();
  for (const [path, text] of made) {
    const candidates = [
      text,
      text.replaceAll(today, created),
      text.replaceAll(`(c) ${today.slice(0, 4)}`, `(c) ${created.slice(0, 4)}`),
    ];
    const original = candidates.find((candidate) => hash(candidate) === files[path]);
    if (original !== undefined) texts.set(path, original);
  }
  return texts;
}

/** Did npm end with 0? */
function runNpm(words: readonly string[], folder: string, { environment }: NpmHost): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn("npm", words, {
      cwd: folder,
      env: environment,
      stdio: "ignore",
      shell: process.platform === "win32",
    });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}
