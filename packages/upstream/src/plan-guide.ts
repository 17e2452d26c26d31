import type { Definition } from "@llm-provider/core";
import type { LibreChatEndpoint } from "@llm-provider/librechat";
import type { Draft } from "./clone/draft.ts";
import { guidePath, layout } from "./docs-layout.ts";
import { planIcon } from "./icon/plan-icon.ts";
import { readEndpointBlock } from "./page/endpoint-block.ts";
import { type Guide, newPage } from "./page/guide.ts";
import { type LineToRead, linesToRead } from "./page/lines-to-read.ts";
import { type RefreshedPage, refreshPage } from "./page/refresh-page.ts";
import { refusal } from "./refusal.ts";

/** What happens to one provider's guide. */
export type GuidePlan = Guide & {
  readonly kind: "added" | "refreshed" | "rewritten" | "unchanged";
  readonly path: string;
  readonly hasNewIcon: boolean;
  /** An icon was given, and the repository has one already. */
  readonly hasUnusedIcon: boolean;
  /** Absent for a page that is new. */
  readonly refreshed?: RefreshedPage;
  readonly linesToRead: readonly LineToRead[];
};

export type GuideOptions = { readonly svg?: string | undefined; readonly rewrite?: boolean | undefined };

/** Drafts the edits of one guide: the page, its place in the list and, where it is new, the icon. */
export function planGuide(
  draft: Draft,
  definition: Definition,
  endpoint: LibreChatEndpoint,
  { svg, rewrite }: GuideOptions,
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
 * The page of a provider: the one of its id, or one whose only endpoint has the same host, so that `together` does not get
 * a second page beside `togetherai`. Absent: there is none.
 */
function findPage(draft: Draft, { id, baseURL }: Definition): string | undefined {
  if (draft.read(guidePath(id)) !== undefined) return id;
  const ids = draft.list(layout.guides).flatMap((file) => /^([\w-]+)\.mdx$/.exec(file)?.[1] ?? []);
  const { host } = new URL(baseURL);
  const same = ids.filter((other) => hostsOf(draft.read(guidePath(other)) ?? "").has(host));
  return same.length === 1 ? same[0] : undefined;
}

function hostsOf(page: string): Set<string> {
  const blocks = [...page.matchAll(/^```yaml\b[^\n]*\n([^]*?)\n```$/gm)];
  const urls = blocks.flatMap(([, text]) => readEndpointBlock(text!)?.baseURL ?? []);
  return new Set(urls.flatMap((url) => (URL.canParse(String(url)) ? [new URL(String(url)).host] : [])));
}

/** meta.json with the page in its list, in the order of the alphabet; everything else stays to the byte. */
function addToPages(text: string, id: string): string {
  const list = /"pages"\s*:\s*\[([^\]]*)\]/.exec(text);
  const items = list ? [...list[1]!.matchAll(/"((?:[^"\\]|\\.)*)"/g)] : [];
  const [first, second] = items;
  if (!list || !first) throw refusal(`${layout.pages} has no list of \`pages\`: its layout is not the one known here.`);
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

/** A page is code there: braces and angle brackets are run when the site is built. */
function refuseUnsafe({ id, name, docs, auth }: Definition): void {
  if (!/^[a-z][a-z0-9-]{0,49}$/.test(id) || id === "index" || id === "meta") {
    throw refusal(`${JSON.stringify(id)} cannot be the id of a page: it takes small letters, digits and hyphens.`);
  }
  if (!/^[\p{L}\p{N}][\p{L}\p{N} .+&'-]*$/u.test(name)) {
    throw refusal(`The name of ${id} cannot stand on a page: it takes letters, digits, spaces and . + & ' -.`);
  }
  for (const url of auth === "none" ? [docs] : [docs, auth.page]) {
    if (!/^https:\/\/[\w.~:/?#@!$&'*+,;=%-]+$/.test(url)) {
      throw refusal(
        `${id} names a page that cannot stand in a link: ${JSON.stringify(url)}. It takes an https address without spaces and brackets.`,
      );
    }
  }
}
