import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { repositoryURL } from "../scripts/markdown/broken-links.ts";
import { sitePath } from "./pages.ts";

const root = join(import.meta.dirname, "..");

/** The part of a markdown-it token that a link needs. */
interface Token {
  readonly type: string;
  readonly children: readonly Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

interface Markdown {
  readonly core: {
    readonly ruler: {
      push(
        name: string,
        rule: (state: { readonly tokens: readonly Token[]; readonly env: { readonly path: string } }) => void,
      ): void;
    };
  };
}

/**
 * GitHub, npm and this site show the same text. A link to a file of the repository leads to its page on the site if it has one,
 * and to GitHub otherwise.
 */
export function resolveLinks(markdown: Markdown): void {
  markdown.core.ruler.push("repository-links", ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const name = token.type === "link_open" ? "href" : token.type === "image" ? "src" : undefined;
      const link = name && token.attrGet(name);
      if (name && link) token.attrSet(name, target(link, env.path, name));
    }
  });
}

function target(link: string, page: string, name: "href" | "src"): string {
  const own = new RegExp(`^${repositoryURL}/(?:blob|tree)/main/([^#]*)(#.*)?$`).exec(link);
  if (!own && (/^[a-z]+:/.test(link) || link.startsWith("#"))) return link;
  const [path = "", anchor] = own ? [own[1]!, own[2]?.slice(1)] : link.split("#");
  const file = own ? path : relative(root, resolve(dirname(page), path));
  const hash = anchor === undefined ? "" : `#${anchor}`;
  if (name === "src") return link;
  const isFolder = existsSync(join(root, file)) && statSync(join(root, file)).isDirectory();
  const text = isFolder ? join(file, "README.md") : file;
  if (/^(docs\/.*\.md|packages\/[^/]+\/README\.md)$/.test(text) && existsSync(join(root, text)))
    return `/${sitePath(text)}${hash}`;
  return `${repositoryURL}/${isFolder ? "tree" : "blob"}/main/${file}${hash}`;
}
