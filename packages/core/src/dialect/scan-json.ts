/** How far a JSON object has come that arrives in pieces. `broken`: more came after its end. */
export interface JsonScan {
  depth: number;
  isInText: boolean;
  isEscaped: boolean;
  state: "before" | "inside" | "after" | "broken";
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [34, 92, 123, 125, 91, 93];

/**
 * Reads on, each character once: to parse all that has come at each piece costs the square of the length (16,000 fragments:
 * 8 s). Braces are counted outside of texts; whether the JSON is otherwise right is not looked at.
 */
export function scanJson(scan: JsonScan, text: string): void {
  for (let at = 0; at < text.length && scan.state !== "broken"; at++) {
    const code = text.charCodeAt(at);
    if (scan.isEscaped) scan.isEscaped = false;
    else if (scan.isInText) {
      if (code === backslash) scan.isEscaped = true;
      else if (code === quote) scan.isInText = false;
    } else if (scan.state === "inside") {
      if (code === quote) scan.isInText = true;
      else if (code === openBrace || code === openBracket) scan.depth++;
      else if ((code === closeBrace || code === closeBracket) && --scan.depth === 0) scan.state = "after";
    } else if (code > 32) {
      if (scan.state === "before" && code === openBrace) {
        scan.state = "inside";
        scan.depth = 1;
      } else scan.state = "broken";
    }
  }
}
