import { endpointBlock, modelsOf, type PageEndpoint, readEndpointBlock } from "./endpoint-block.ts";
import { refusal } from "../refusal.ts";
import { type Guide, guideNotes, keyVariable } from "./guide.ts";

/** The result of refreshing a page. */
export interface RefreshedPage {
  readonly text: string;
  /** Models that the page named and the endpoint no longer has. */
  readonly goneModels: readonly string[];
  /** The endpoint that the page had. */
  readonly before: PageEndpoint;
  /** Parameters that the page dropped and the new block does not. */
  readonly noLongerDropped: readonly string[];
  /** The lines, from 1, of further blocks with an endpoint, which are left as they are. */
  readonly otherBlocks: readonly number[];
  /** Notes that were removed, since they mention models that are gone. */
  readonly removedNotes: readonly string[];
}

// A block ends at the next fence, so that an unclosed block does not extend to the end of the page.
const yamlBlock = /^```yaml\b[^\n]*\bfilename="librechat\.yaml"[^\n]*\n((?!```)[^\n]*(?:\n(?!```)[^\n]*)*)\n```$/gm;
const variableBlock = /^```(?:bash|sh|env)\b[^\n]*\bfilename="\.env"[^\n]*\n((?!```)[^\n]*(?:\n(?!```)[^\n]*)*)\n```$/m;

/** The section of notes: its heading, and the lines up to the next heading or the end. */
const section = /^## Notes[ \t]*\n([^]*?)(?=^## |(?![^]))/m;

/** A page with the current block, variable and notes. All other prose stays. */
export function refreshPage(page: string, guide: Guide, path: string): RefreshedPage {
  const block = [...page.matchAll(yamlBlock)].find((match) => readEndpointBlock(match[1]!));
  const before = block && readEndpointBlock(block[1]!);
  if (!block || !before) {
    throw refusal(
      `${path} has no block of librechat.yaml with one endpoint in it. Edit it by hand, or give --rewrite for a new page.`,
    );
  }
  const { endpoint } = guide;
  const known = new Set([...modelsOf(endpoint), ...Object.keys(endpoint.tokenConfig ?? {})]);
  const goneModels = modelsOf(before).filter((model) => !known.has(model));
  const kept = new Set(endpoint.dropParams);

  const from = block.index + block[0].indexOf("\n") + 1;
  const spliced = page.slice(0, from) + endpointBlock(endpoint) + page.slice(from + block[1]!.length);
  const { text, removed } = refreshNotes(renameVariable(spliced, keyVariable(guide)), goneModels, guideNotes(guide));
  return {
    text,
    goneModels,
    before,
    noLongerDropped: (Array.isArray(before.dropParams) ? before.dropParams : []).filter(
      (parameter: unknown): parameter is string => typeof parameter === "string" && !kept.has(parameter),
    ),
    otherBlocks: endpointLines(text).slice(1),
    removedNotes: removed,
  };
}

/** The first lines of the blocks that contain an endpoint. */
function endpointLines(page: string): number[] {
  const blocks = [...page.matchAll(yamlBlock)].filter((match) => readEndpointBlock(match[1]!));
  return blocks.map(({ index }) => page.slice(0, index).split("\n").length + 1);
}

/** The `.env` block with this variable, if it sets another one. */
function renameVariable(page: string, variable: string | undefined): string {
  const block = variableBlock.exec(page);
  const set = block ? [...block[1]!.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)] : [];
  if (!block || set.length !== 1 || variable === undefined) return page;
  const from = block.index + block[0].indexOf("\n") + 1 + set[0]!.index;
  return page.slice(0, from) + variable + page.slice(from + set[0]![1]!.length);
}

/**
 * A page without notes about models that are gone, and with the missing notes added. Notes that name a
 * gone model in backticks are returned.
 */
function refreshNotes(
  page: string,
  goneModels: readonly string[],
  notes: readonly string[],
): { text: string; removed: string[] } {
  const found = section.exec(page);
  const body = found?.[1] ?? "";
  const removed: string[] = [];
  // A note is a line that opens with "- ", and the indented lines under it.
  const kept = body.replaceAll(/^- [^\n]*\n?(?:[ \t]+\S[^\n]*\n?)*/gm, (note) => {
    if (!goneModels.some((model) => note.includes(`\`${model}\``))) return note;
    removed.push(note.trim());
    return "";
  });
  const missing = notes.filter((note) => !kept.includes(note)).map((note) => `- ${note}\n`);
  if (!found)
    return { text: missing.length === 0 ? page : `${page.trimEnd()}\n\n## Notes\n\n${missing.join("")}`, removed };
  if (missing.length === 0 && removed.length === 0) return { text: page, removed };

  const end = lastNoteEnd(kept);
  const head = kept.slice(0, end);
  const lead = end === 0 ? "\n" : head.endsWith("\n") ? "" : "\n";
  const rest = kept.slice(end).replace(/^\n*(?=[^\n])/, "\n");
  const text = `${head}${lead}${missing.join("")}${rest}`;
  const from = found.index + found[0].length - body.length;
  return { text: page.slice(0, from) + text + page.slice(from + body.length), removed };
}

function lastNoteEnd(body: string): number {
  const last = [...body.matchAll(/^- [^\n]*\n?(?:[ \t]+\S[^\n]*\n?)*/gm)].at(-1);
  return last ? last.index + last[0].length : 0;
}
