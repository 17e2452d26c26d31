import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { anchorsOf, withoutBlocks } from "./anchors.ts";

/** The address of this repository, for links in texts that are read elsewhere. */
export const repositoryURL = "https://github.com/llm-provider/llm-provider";

/** Every broken link to a file of this repository, as `page: link`. */
export function brokenLinks(root: string): string[] {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  })
    .trim()
    .split("\n")
    .filter((path) => existsSync(join(root, path)));
  // A template's links are relative to the package made from it; cassettes and fixtures contain other people's texts.
  const pages = files.filter(
    (path) => path.endsWith(".md") && !/^(templates|\.changeset)\/|\/(test|snapshots)\//.test(path),
  );
  const sources = files.filter((path) => /^(packages\/[^/]+\/(src|package\.json)|templates|\.github)/.test(path));
  return [
    ...pages.flatMap((page) => relativeLinks(readFileSync(join(root, page), "utf8")).map((link) => ({ page, link }))),
    ...[...pages, ...sources].flatMap((page) =>
      repositoryLinks(readFileSync(join(root, page), "utf8")).map((link) => ({ page, link: `/${link}` })),
    ),
  ].flatMap(({ page, link }) => (leadsSomewhere(root, page, link) ? [] : [`${page}: ${link}`]));
}

/** Links of a page to other files or to its own headings. */
export function relativeLinks(text: string): string[] {
  const prose = withoutBlocks(text).replaceAll(/`[^`\n]*`/g, "code");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!).filter((link) => !/^[a-z]+:/.test(link));
}

/** Paths of this repository in addresses on GitHub, with their anchors. */
function repositoryLinks(text: string): string[] {
  const address = new RegExp(
    `${repositoryURL.replaceAll(".", String.raw`\.`)}/(?:blob|tree)/main/([^\\s"')\`\\]<>]+)`,
    "g",
  );
  return [...text.matchAll(address)]
    .map(([, path]) => path!.replace(/[.,;:]+$/, ""))
    .filter((path) => !path.includes("{"));
}

function leadsSomewhere(root: string, page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : path.startsWith("/") ? path.slice(1) : normalize(join(dirname(page), path));
  const full = join(root, target);
  if (!existsSync(full)) return false;
  if (anchor === undefined) return true;
  const file = statSync(full).isDirectory() ? join(full, "README.md") : full;
  return existsSync(file) && file.endsWith(".md") && anchorsOf(readFileSync(file, "utf8")).has(anchor);
}
