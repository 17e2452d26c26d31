export function wrapText(text, width) {
  return text.split("\n").flatMap((paragraph) => {
    const pieces = paragraph.split(/ +/).filter(Boolean).flatMap((word) => word.match(new RegExp(`.{1,${width}}`, "g")));
    const lines = [];
    for (const piece of pieces) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + piece.length < width) lines[lines.length - 1] = `${last} ${piece}`;
      else lines.push(piece);
    }
    return lines;
  });
}
