/** Characters of one event's data or one JSON document: long, but not without end. */
export const longestData: number = 64 * 1024 * 1024;
/** A line may hold the name of a field beside the data. */
const longestLine = longestData + 64;

export type LineSplitter = {
  push(text: string): void;
  /** Hands on a last line that no line feed ended. */
  end(): void;
};

/**
 * Cuts text at CR, LF and CRLF, also where a network read fell in between. A line that spans reads is kept in pieces and
 * joined once: appending to a growing text would search it anew at each read.
 */
export function splitLines(onLine: (text: string, from: number, end: number) => void): LineSplitter {
  let pieces: string[] = [];
  let size = 0;
  let endedWithReturn = false;

  return {
    push(read) {
      let text = read;
      if (endedWithReturn && text !== "") {
        endedWithReturn = false;
        if (text.startsWith("\n")) text = text.slice(1);
      }
      if (text.includes("\r")) {
        endedWithReturn = text.endsWith("\r");
        text = text.replaceAll(/\r\n?/g, "\n");
      }
      let from = 0;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
        if (pieces.length === 0) onLine(text, from, end);
        else {
          pieces.push(text.slice(from, end));
          joinPieces();
        }
        from = end + 1;
      }
      if (from === text.length) return;
      pieces.push(from === 0 ? text : text.slice(from));
      size += text.length - from;
      if (size > longestLine) throw new Error("The answer holds a line of more than 64 MiB.");
    },
    end() {
      if (pieces.length > 0) joinPieces();
    },
  };

  function joinPieces(): void {
    const line = pieces.length === 1 ? pieces[0]! : pieces.join("");
    pieces = [];
    size = 0;
    onLine(line, 0, line.length);
  }
}
