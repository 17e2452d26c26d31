/** The terminal colours that the command line uses, on a dark background that is readable on a light page too. */
const colours: { readonly [code: string]: string } = {
  "31": "#ff7b72",
  "32": "#7ee787",
  "33": "#e3b341",
  "34": "#79c0ff",
  "35": "#d2a8ff",
  "36": "#76e3ea",
  "90": "#8b949e",
};
const ground = "#0d1117";
const ink = "#e6edf3";
const faint = "#8b949e";

/** The escape sequence that changes a terminal's colours: ESC, `[`, codes, `m`. */
const style = new RegExp(`${String.fromCodePoint(27)}\\[([\\d;]*)m`);

const characterWidth = 8.43;
const lineHeight = 19;
const margin = 18;
const bar = 30;

interface Cell {
  readonly text: string;
  /** Attributes of SVG. */
  readonly look: string;
}

/**
 * A terminal as SVG, `columns` characters wide: commands after `$ `, and outputs with their colours. The same texts give the same
 * bytes.
 */
export function terminalSVG(title: string, text: string, columns: number): string {
  const rows = toRows(text, columns);
  const width = Math.ceil(columns * characterWidth + 2 * margin);
  const height = bar + rows.length * lineHeight + 2 * margin - 6;
  const lines = rows.map(
    (cells, row) => `<text x="${margin}" y="${bar + margin + row * lineHeight + 8}">${spans(cells)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">
<title>${escape(title)}</title>
<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${ink};white-space:pre}</style>
<rect width="${width}" height="${height}" rx="8" fill="${ground}" stroke="#30363d"/>
${["#ff5f57", "#febc2e", "#28c840"].map((fill, index) => `<circle cx="${20 + index * 18}" cy="18" r="5.5" fill="${fill}"/>`).join("")}
${lines.join("\n")}
</svg>
`;
}

/** Styled characters in rows that wrap where a terminal would. A style lasts until it is reset, also across lines. */
function toRows(text: string, columns: number): Cell[][] {
  const rows: Cell[][] = [];
  let look = "";
  for (const line of text.split("\n")) {
    let row: Cell[] = [];
    rows.push(row);
    const isCommand = line.startsWith("$ ");
    for (const [index, piece] of line.split(style).entries()) {
      if (index % 2 === 1) {
        look = lookOf(piece.split(";"), look);
        continue;
      }
      for (const [place, character] of [...piece].entries()) {
        if (row.length === columns) rows.push((row = []));
        row.push({
          text: character,
          look: !isCommand ? look : place === 0 ? ` fill="${faint}"` : ' font-weight="600"',
        });
      }
    }
  }
  return rows;
}

function spans(cells: readonly Cell[]): string {
  let out = "";
  for (let from = 0; from < cells.length;) {
    const { look } = cells[from]!;
    let to = from;
    while (cells[to]?.look === look) to++;
    const text = escape(
      cells
        .slice(from, to)
        .map((cell) => cell.text)
        .join(""),
    );
    out += look ? `<tspan${look}>${text}</tspan>` : text;
    from = to;
  }
  return out;
}

function lookOf(codes: readonly string[], before: string): string {
  return codes.reduce((look, code) => {
    if (code === "1") return `${look} font-weight="600"`;
    if (code === "2") return ` fill="${faint}"`;
    const fill = colours[code];
    return fill ? ` fill="${fill}"` : "";
  }, before);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
