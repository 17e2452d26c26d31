const close = "<!-- /generated -->";

function openMark(name: string): string {
  return `<!-- generated: ${name} -->`;
}

/** Does the page have a place for this part? */
export function hasPart(text: string, name: string): boolean {
  return text.includes(openMark(name));
}

/** Replaces the text between `<!-- generated: name -->` and `<!-- /generated -->` with `part`. */
export function replacePart(text: string, name: string, part: string): string {
  const open = openMark(name);
  const from = text.indexOf(open);
  const to = text.indexOf(close, from);
  if (from < 0 || to < 0) throw new Error(`The page lacks "${open}" or the "${close}" after it.`);
  return `${text.slice(0, from + open.length)}\n\n${part.trimEnd()}\n\n${text.slice(to)}`;
}

/** Reads the text of a part of the page. */
export function readPart(text: string, name: string): string {
  const from = text.indexOf(openMark(name)) + openMark(name).length;
  return text.slice(from, text.indexOf(close, from)).trim();
}
