export function parseCsv(text) {
  const rows = [];
  let row = [];
  let field = "";
  let isQuoted = false;
  const endField = () => {
    row.push(field);
    field = "";
  };
  const endRow = () => {
    endField();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (isQuoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') field += text[at++];
      else isQuoted = false;
    } else if (char === '"') isQuoted = true;
    else if (char === ",") endField();
    else if (char === "\n") endRow();
    else if (char === "\r" && text[at + 1] === "\n") continue;
    else field += char;
  }
  if (isQuoted) throw new SyntaxError("A quoted field is not closed.");
  if (text !== "" && !/\n$/.test(text)) endRow();
  return rows;
}
