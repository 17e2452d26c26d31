/** Finds the new part of text that comes in chunks. An event never ends in half a surrogate pair: the half waits for the other. */
export interface TextFlow {
  /** Each chunk repeats all text so far. */
  readonly isCumulative: boolean;
  all: string;
  half: string;
}

/** The bits that distinguish the two halves of a pair from everything else. */
const [surrogates, half] = [0xf800, 0xd800];

export function startText(isCumulative: boolean): TextFlow {
  return { isCumulative, all: "", half: "" };
}

/** The new text, without half a pair at its end. Nearly all text is plain, which one check shows. */
export function nextText(flow: TextFlow, text: string): string {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  const isPlain =
    !flow.isCumulative && flow.half === "" && (first & surrogates) !== half && (last & surrogates) !== half;
  return isPlain ? text : nextOdd(flow, text);
}

/** The half that was held back and never completed. */
export function endText(flow: TextFlow): string {
  const rest = flow.half === "" ? "" : "\uFFFD";
  flow.half = "";
  return rest;
}

function nextOdd(flow: TextFlow, text: string): string {
  let fresh = text;
  if (flow.isCumulative) {
    if (text.startsWith(flow.all)) fresh = text.slice(flow.all.length);
    flow.all = fresh === text ? flow.all + text : text;
  }
  if (fresh === "") return "";
  if (flow.half !== "") {
    fresh = isLow(fresh.charCodeAt(0)) ? flow.half + fresh : `\uFFFD${fresh}`;
    flow.half = "";
  } else if (isLow(fresh.charCodeAt(0))) fresh = `\uFFFD${fresh.slice(1)}`;
  if (!isHigh(fresh.charCodeAt(fresh.length - 1))) return fresh;
  flow.half = fresh.slice(-1);
  return fresh.slice(0, -1);
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
