export function openMark(name: string): string {
  return `<!-- generated: ${name} -->`;
}

/** A page with the text between `<!-- generated: name -->` and `<!-- /generated -->` set to `part`. */
export function replacePart(text: string, name: string, part: string): string {
  const [open, close] = [openMark(name), "<!-- /generated -->"];
  const from = text.indexOf(open);
  const to = text.indexOf(close, from);
  if (from < 0 || to < 0) throw new Error(`The page lacks "${open}" or the "${close}" after it.`);
  return `${text.slice(0, from + open.length)}\n\n${part.trimEnd()}\n\n${text.slice(to)}`;
}
