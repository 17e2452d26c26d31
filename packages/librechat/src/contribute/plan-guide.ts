import type { Definition } from "@llm-provider/core";
import type { LibreChatEndpoint } from "../librechat-endpoint.ts";
import { addToPages } from "./add-to-pages.ts";
import { guidePath, layout } from "./docs-layout.ts";
import type { Draft } from "./draft.ts";
import { findPage } from "./find-page.ts";
import type { Guide } from "./guide.ts";
import { type LineToRead, linesToRead } from "./lines-to-read.ts";
import { newPage } from "./new-page.ts";
import { planIcon } from "./plan-icon.ts";
import { type RefreshedPage, refreshPage } from "./refresh-page.ts";
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
