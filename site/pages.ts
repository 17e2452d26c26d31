import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { plainText, withoutBlocks } from "../scripts/markdown/anchors.ts";

const root = join(import.meta.dirname, "..");

interface Page {
  /** Where it is in the repository: `docs/gateway.md`. */
  readonly file: string;
  /** Where it is on the site: `/gateway`. */
  readonly link: string;
  readonly title: string;
  /** The first sentence. */
  readonly about: string;
}

interface Group {
  readonly title: string;
  readonly pages: readonly Page[];
}

/** The order of the navigation. Missing pages are skipped; pages not listed here appear under "More". */
const order: readonly (readonly [title: string, ...patterns: string[]])[] = [
  ["Start", "docs/getting-started.md", "docs/glossary.md"],
  ["Learn", "docs/learn/*.md"],
  ["LibreChat", "docs/librechat.md", "docs/file-search.md", "docs/rag.md", "docs/librechat-upstream-bugs.md"],
  ["Providers: problems and fixes", "docs/providers/*.md"],
  ["Gateway", "docs/gateway.md", "docs/gateway-operation.md", "docs/inspector.md"],
  [
    "Write an adapter",
    "docs/authoring.md",
    "docs/probe.md",
    "docs/testing.md",
    "docs/compare.md",
    "docs/tools.md",
    "docs/upstream.md",
  ],
  [
    "Reference",
    "docs/parameters.md",
    "docs/errors.md",
    "docs/quirks.md",
    "docs/moving.md",
    "docs/runtimes.md",
    "docs/security.md",
  ],
  ["More", "docs/**/*.md"],
  ["Packages", "packages/*/README.md"],
];

/** Every page of the site, in navigation order. */
export function siteGroups(): Group[] {
  const seen = new Set<string>(["docs/README.md"]);
  return order
    .map(([title, ...patterns]) => ({
      title,
      pages: patterns
        .flatMap((pattern) => globSync(pattern, { cwd: root }).sort())
        .filter((file) => existsSync(join(root, file)) && !seen.has(file) && seen.add(file))
        .map((file) => readPage(file)),
    }))
    .filter(({ pages }) => pages.length > 0);
}

/** Where a file of the repository is on the site: `packages/core/README.md` is `packages/core.md`. */
export function sitePath(file: string): string {
  if (file === "docs/README.md") return "index.md";
  return file.replace(/^docs\//, "").replace(/\/README\.md$/, ".md");
}

function readPage(file: string): Page {
  const text = readFileSync(join(root, file), "utf8");
  const title = /^# (.+)$/m.exec(text)?.[1] ?? file;
  const paragraphs = withoutBlocks(text)
    .split(/\n\s*\n/)
    .slice(1);
  const prose = plainText((paragraphs.find((part) => /^[\w`[]/.test(part)) ?? "").replaceAll(/\s+/g, " "));
  const about = /^.*?[.:?](?=\s|$)/.exec(prose)?.[0] ?? prose;
  return { file, link: `/${sitePath(file).replace(/\.md$/, "")}`, title: plainText(title), about };
}
