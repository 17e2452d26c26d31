/** Characters of one event's data or one JSON document: far more than any answer, and far from the end of a heap. */
export const longestData: number = 16 * 1024 * 1024;
/** A line may have the name of a field beside the data. */
const longestLine = longestData + 64;

export const tooLong = "The answer has a line, an event or a document of more than 16 MiB.";

/** The state of a line reader between two reads. */
export type OpenLine = { pieces: string[]; size: number; endedWithReturn: boolean };

/** Receives each line: the text between two positions. */
export type OnLine<Reader> = (reader: Reader, text: string, from: number, end: number) => void;

/**
 * Cuts text at CR, LF and CRLF, also where a network read fell in between. A line that spans reads is kept in pieces and
 * joined once: appending to a growing text would search all of it again at each read.
 */
export function splitLines<Reader extends OpenLine>(reader: Reader, read: string, onLine: OnLine<Reader>): void {
  let text = read;
  if (reader.endedWithReturn && text !== "") {
    reader.endedWithReturn = false;
    if (text.startsWith("\n")) text = text.slice(1);
  }
  if (text.includes("\r")) {
    reader.endedWithReturn = text.endsWith("\r");
    text = text.replaceAll(/\r\n?/g, "\n");
  }
  let from = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
    if (reader.pieces.length === 0) onLine(reader, text, from, end);
    else {
      reader.pieces.push(text.slice(from, end));
      endLine(reader, onLine);
    }
    from = end + 1;
  }
  if (from === text.length) return;
  reader.pieces.push(from === 0 ? text : text.slice(from));
  reader.size += text.length - from;
  if (reader.size > longestLine) throw new Error(tooLong);
}

/** Hands on the line so far: either its end or the end of the text was reached. */
export function endLine<Reader extends OpenLine>(reader: Reader, onLine: OnLine<Reader>): void {
  const { pieces } = reader;
  if (pieces.length === 0) return;
  const line = pieces.length === 1 ? pieces[0]! : pieces.join("");
  reader.pieces = [];
  reader.size = 0;
  onLine(reader, line, 0, line.length);
}
