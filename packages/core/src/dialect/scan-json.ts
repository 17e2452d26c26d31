/** The state of a JSON object that arrives in pieces. `broken`: more came after its end. */
export interface JsonScan {
  depth: number;
  isInText: boolean;
  isEscaped: boolean;
  state: "before" | "inside" | "after" | "broken";
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [34, 92, 123, 125, 91, 93];

/**
 * Scans each character once: parsing everything again at each piece costs the square of the length (16,000 fragments:
 * 8 s). It counts braces outside of strings and does not validate the rest of the JSON.
 */
export function scanJson(scan: JsonScan, text: string): void {
  let { depth, isInText, isEscaped, state } = scan;
  for (let at = 0; at < text.length && state !== "broken"; at++) {
    const code = text.charCodeAt(at);
    if (isEscaped) isEscaped = false;
    else if (isInText) {
      if (code === backslash) isEscaped = true;
      else if (code === quote) isInText = false;
    } else if (state === "inside") {
      if (code === quote) isInText = true;
      else if (code === openBrace || code === openBracket) depth++;
      else if ((code === closeBrace || code === closeBracket) && --depth === 0) state = "after";
    } else if (code > 32) {
      if (state === "before" && code === openBrace) {
        state = "inside";
        depth = 1;
      } else state = "broken";
    }
  }
  scan.depth = depth;
  scan.isInText = isInText;
  scan.isEscaped = isEscaped;
  scan.state = state;
}
