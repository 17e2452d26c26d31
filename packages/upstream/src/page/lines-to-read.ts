import { modelsOf } from "./endpoint-block.ts";
import { type Guide, guideNotes } from "./guide.ts";
import type { RefreshedPage } from "./refresh-page.ts";

/** A line of a page that a person should read, and why. */
export interface LineToRead {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** The possible mistake, as the rest of a sentence that begins with the line. */
  readonly why: string;
}

/** Kept lines of prose that may no longer be true. Lines are counted from 1. */
export function linesToRead(guide: Guide, refreshed: RefreshedPage): LineToRead[] {
  const { text, goneModels, noLongerDropped, otherBlocks, before } = refreshed;
  const { definition, endpoint } = guide;
  const own = new Set(guideNotes(guide).map((note) => `- ${note}`));
  const today = words(modelsOf(endpoint));
  const families = new Set([...words(goneModels)].filter((word) => !today.has(word)));
  const keyPage = definition.auth === "none" ? undefined : definition.auth.page;
  const isFetchOther =
    Boolean((before["models"] as { fetch?: unknown } | undefined)?.fetch) !== Boolean(endpoint.models.fetch);
  const goneKeys = Object.keys(before).filter((key) => !Object.hasOwn(endpoint, key) && key !== "dropParams");

  const blocks = otherBlocks.map((line) => ({
    line,
    text: text.split("\n")[line - 1]!.trim(),
    why: "opens another block with an endpoint, which is left as it is",
  }));
  const lines = proseOf(text).flatMap(({ line, text: prose }) => {
    if (own.has(prose)) return [];
    const named = [...new Set(prose.match(/\b[A-Z][a-z]{3,}\b/g) ?? [])].filter((word) =>
      families.has(word.toLowerCase()),
    );
    const parameter = noLongerDropped.find((name) => prose.includes(`\`${name}\``));
    const key = goneKeys.find((name) => prose.includes(`\`${name}`));
    const why = [
      named.length > 0 && `names ${named.join(", ")}; no model of the block is called that`,
      parameter !== undefined && `mentions \`${parameter}\`, which the block no longer drops`,
      key !== undefined && `mentions \`${key}\`, which the block no longer has`,
      isFetchOther && /\bfetch/i.test(prose) && `mentions fetching; \`fetch\` is ${endpoint.models.fetch === true} now`,
      keyPage !== undefined &&
        linksToKeys(prose) &&
        !text.includes(keyPage) &&
        `links to another page for keys than the definition: ${keyPage}`,
    ];
    return why.flatMap((reason) => (typeof reason === "string" ? [{ line, text: prose, why: reason }] : []));
  });
  return [...lines, ...blocks].sort((a, b) => a.line - b.line);
}

/** Does a line mention a key and then contain a link? */
function linksToKeys(prose: string): boolean {
  const at = prose.search(/\bkey\b/i);
  return at >= 0 && /\]\(https?:/i.test(prose.slice(at));
}

/** The lines outside of code blocks and front matter. */
function proseOf(page: string): { line: number; text: string }[] {
  let fence = "";
  return page.split("\n").flatMap((text, index) => {
    const mark = index === 0 || fence === "---" ? /^---$/.exec(text)?.[0] : /^```/.exec(text)?.[0];
    if (mark && (fence === "" || fence === mark)) {
      fence = fence === "" ? mark : "";
      return [];
    }
    return fence === "" && text.trim() !== "" ? [{ line: index + 1, text }] : [];
  });
}

/** The words in model ids, in lower case. */
function words(models: readonly string[]): Set<string> {
  return new Set(models.flatMap((model) => model.toLowerCase().match(/[a-z]{4,}/g) ?? []));
}
