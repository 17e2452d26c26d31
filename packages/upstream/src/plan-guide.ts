import type { Definition } from "@llm-provider/core";
import type { LibreChatEndpoint } from "@llm-provider/librechat";
import { type Draft, parseJson } from "./clone/draft.ts";
import { guidePath, layout } from "./docs-layout.ts";
import { planIcon } from "./icon/plan-icon.ts";
import { readEndpointBlock } from "./page/endpoint-block.ts";
import { type Guide, newPage } from "./page/guide.ts";
import { type LineToRead, linesToRead } from "./page/lines-to-read.ts";
import { type RefreshedPage, refreshPage } from "./page/refresh-page.ts";
import { refusal } from "./refusal.ts";

/** The plan for one provider's guide. */
export interface GuidePlan extends Guide {
  readonly kind: "added" | "refreshed" | "rewritten" | "unchanged";
  /** The page, relative to the clone's top. */
  readonly path: string;
  readonly hasNewIcon: boolean;
  /** Was an icon given although the repository has one already? */
  readonly hasUnusedIcon: boolean;
  /** The changes of a refresh; absent for a new page. */
  readonly refreshed?: RefreshedPage;
  readonly linesToRead: readonly LineToRead[];
}

/** Drafts the edits of one guide: the page, its place in the list and the icon if it is new. */
export function planGuide(
  draft: Draft,
  definition: Definition,
  endpoint: LibreChatEndpoint,
  { svg, rewrite }: { readonly svg: string | undefined; readonly rewrite: boolean | undefined },
): GuidePlan {
  refuseUnsafe(definition);
  const pages = draft.need(layout.pages);
  const id = findPage(draft, definition) ?? definition.id;
  const path = guidePath(id);
  const before = draft.read(path);
  const icon = planIcon(draft, definition, svg);
  const guide: Guide = { definition, endpoint, icon: (before && iconOf(before)) ?? icon.name };

  const refreshed = before === undefined ? undefined : refreshPage(before, guide, path);
  const after = refreshed && !rewrite ? refreshed.text : newPage(guide);
  draft.write(path, after);
  draft.write(layout.pages, addToPages(pages, id));
  const changed = rewrite ? "rewritten" : "refreshed";
  const kind = before === undefined ? "added" : before === after ? "unchanged" : changed;
  return {
    ...guide,
    kind,
    path,
    hasNewIcon: icon.isNew,
    hasUnusedIcon: svg !== undefined && !icon.isNew,
    ...(refreshed && { refreshed }),
    linesToRead: refreshed && !rewrite ? linesToRead(guide, refreshed) : [],
  };
}

/**
 * The page of a provider: the page of its id, or a page whose only endpoint has the same host, so that `together` does not get
 * a second page beside `togetherai`. Undefined if there is none.
 */
function findPage(draft: Draft, { id, baseURL }: Definition): string | undefined {
  if (draft.read(guidePath(id)) !== undefined) return id;
  const ids = draft.list(layout.guides).flatMap((file) => /^([\w-]+)\.mdx$/.exec(file)?.[1] ?? []);
  const { host } = new URL(baseURL);
  const same = ids.filter((other) => hostsOf(draft.read(guidePath(other)) ?? "").has(host));
  return same.length === 1 ? same[0] : undefined;
}

function hostsOf(page: string): Set<string> {
  const blocks = [...page.matchAll(/^```yaml\b[^\n]*\n((?!```)[^\n]*(?:\n(?!```)[^\n]*)*)\n```$/gm)];
  const urls = blocks.flatMap(([, text]) => readEndpointBlock(text!)?.baseURL ?? []);
  return new Set(urls.flatMap((url) => (typeof url === "string" && URL.canParse(url) ? [new URL(url).host] : [])));
}

/** meta.json with the page in its list, in alphabetical order; every other byte stays. */
function addToPages(text: string, id: string): string {
  parseJson(layout.pages, text);
  const list = /"pages"\s*:\s*\[([^\][]*)\]/.exec(text);
  const items = list ? [...list[1]!.matchAll(/"((?:[^"\\]|\\.)*)"/g)] : [];
  const [first, second] = items;
  if (!list || !first) throw refusal(`${layout.pages} has no list of \`pages\`: its layout has changed.`);
  if (items.some((item) => item[1] === id)) return text;

  const body = list.index + list[0].indexOf("[") + 1;
  const start = (item: RegExpExecArray) => body + item.index;
  const end = (item: RegExpExecArray) => start(item) + item[0].length;
  const separator = second ? text.slice(end(first), start(second)) : `,${text.slice(body, start(first)) || " "}`;
  const later = items.find((item) => item[1] !== "index" && /^[\w-]+$/.test(item[1]!) && item[1]! > id);
  const at = later ? start(later) : end(items.at(-1)!);
  return text.slice(0, at) + (later ? `"${id}"${separator}` : `${separator}"${id}"`) + text.slice(at);
}

function iconOf(page: string): string | undefined {
  return /^---\n(?:[^\n]+\n)*?icon: *(\w+)[ \t]*\n/.exec(page)?.[1];
}

/** The site is built from MDX, where braces and angle brackets are code. */
function refuseUnsafe({ id, name, docs, auth }: Definition): void {
  if (!/^[a-z][a-z0-9-]{0,49}$/.test(id) || id === "index" || id === "meta") {
    throw refusal(`${JSON.stringify(id)} cannot be the id of a page: use lowercase letters, digits and hyphens.`);
  }
  if (!/^[\p{L}\p{N}][\p{L}\p{N} .+&'-]*$/u.test(name)) {
    throw refusal(`The name of ${id} is not safe on a page: use letters, digits, spaces and . + & ' -.`);
  }
  for (const url of auth === "none" ? [docs] : [docs, auth.page]) {
    if (!/^https:\/\/[\w.~:/?#@!$&'*+,;=%-]+$/.test(url)) {
      throw refusal(
        `${id} has an address that is not safe in a link: ${JSON.stringify(url)}. Use https, without spaces and brackets.`,
      );
    }
  }
}
