/** The section of notes: its heading, and what stands under it up to the next heading or the end. */
const section = /^## Notes[ \t]*\n([^]*?)(?=^## |(?![^]))/m;

/**
 * A page whose notes no longer speak of models that are gone, with the notes that it does not have yet. Notes that name a
 * gone model in backticks are handed back, not lost.
 */
export function refreshNotes(
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
