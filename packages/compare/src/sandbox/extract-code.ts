/** The code of an answer, or the reason why it cannot be used. */
export type ExtractedCode = { readonly code: string } | { readonly reason: string };

/** Tags of JavaScript blocks. A block without a tag counts as JavaScript. */
const tags: readonly string[] = ["", "js", "javascript"];

/** Returns the only fenced block of an answer. With several blocks it is unclear which one is meant. */
export function extractCode(answer: string): ExtractedCode {
  const blocks = findBlocks(answer);
  const [block] = blocks;
  if (!block) return { reason: "The answer has no fenced code block." };
  if (blocks.length > 1) return { reason: `The answer has ${blocks.length} fenced code blocks, and one is expected.` };
  if (!tags.includes(block.tag.toLowerCase()))
    return { reason: `The code block is tagged \`${block.tag.slice(0, 30)}\`, and JavaScript is expected.` };
  if (!block.isClosed) return { reason: "The code block is not closed: the answer was cut off." };
  return { code: block.code };
}

interface Block {
  readonly tag: string;
  readonly code: string;
  readonly isClosed: boolean;
}

/** Finds fenced blocks by the rules of CommonMark: the closing fence has the same character, is at least as long, and has no info string. */
function findBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: { fence: string; tag: string; lines: string[] } | undefined;
  const close = (isClosed: boolean): void => {
    if (open) blocks.push({ tag: open.tag, code: open.lines.join("\n"), isClosed });
    open = undefined;
  };
  for (const line of text.split(/\r?\n/)) {
    const [, fence = "", info = ""] = /^ {0,3}(`{3,}|~{3,})\s*(.*)$/.exec(line) ?? [];
    if (open) {
      const isEnd = fence.startsWith(open.fence) && info.trim() === "" && fence[0] === open.fence[0];
      if (isEnd) close(true);
      else open.lines.push(line);
    } else if (fence !== "" && !info.includes("`")) open = { fence, tag: info.trim().split(/[\s{]/)[0]!, lines: [] };
  }
  close(false);
  return blocks;
}
