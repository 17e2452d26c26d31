import { endpointBlock, type PageEndpoint, readEndpointBlock } from "./endpoint-block.ts";
import { type Guide, keyVariable, modelsOf } from "./guide.ts";
import { guideNotes } from "./guide-notes.ts";
import { refreshNotes } from "./refresh-notes.ts";
import { refusal } from "./refusal.ts";

/** What a refresh did to a page. */
export type RefreshedPage = {
  readonly text: string;
  /** Models that the page named and the endpoint no longer has. */
  readonly goneModels: readonly string[];
  /** The endpoint that the page held. */
  readonly before: PageEndpoint;
  /** Parameters that the page dropped and the new block does not. */
  readonly noLongerDropped: readonly string[];
  /** Where the page has further blocks with an endpoint, which are left as they are: lines, from 1. */
  readonly otherBlocks: readonly number[];
  /** Notes that were taken out, since they speak of models that are gone. */
  readonly removedNotes: readonly string[];
};

const yamlBlock = /^```yaml\b[^\n]*\bfilename="librechat\.yaml"[^\n]*\n([^]*?)\n```$/gm;
const variableBlock = /^```(?:bash|sh|env)\b[^\n]*\bfilename="\.env"[^\n]*\n([^]*?)\n```$/m;

/** A page with the block, the variable and the notes of today. All other prose stays as it was written. */
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
      (parameter) => !kept.has(parameter),
    ),
    otherBlocks: endpointLines(text).slice(1),
    removedNotes: removed,
  };
}

/** The first lines of the blocks that hold an endpoint. */
function endpointLines(page: string): number[] {
  const blocks = [...page.matchAll(yamlBlock)].filter((match) => readEndpointBlock(match[1]!));
  return blocks.map(({ index }) => page.slice(0, index).split("\n").length + 1);
}

/** The `.env` block with this variable, where it sets one other. */
function renameVariable(page: string, variable: string | undefined): string {
  const block = variableBlock.exec(page);
  const set = block ? [...block[1]!.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)] : [];
  if (!block || set.length !== 1 || variable === undefined) return page;
  const from = block.index + block[0].indexOf("\n") + 1 + set[0]!.index;
  return page.slice(0, from) + variable + page.slice(from + set[0]![1]!.length);
}
