/** What is new in text that comes in chunks. An event never ends in half a surrogate pair: the half waits for the other. */
export class TextFlow {
  readonly #isCumulative: boolean;
  #all = "";
  #half = "";

  /** `isCumulative`: each chunk repeats all text so far. */
  constructor(isCumulative: boolean) {
    this.#isCumulative = isCumulative;
  }

  next(text: string): string {
    // Nearly all text is whole: this one look costs a tenth of what follows.
    if (!this.#isCumulative && this.#half === "" && text !== "") {
      if (!isHalf(text.charCodeAt(text.length - 1)) && !isHalf(text.charCodeAt(0))) return text;
    }
    return this.#nextOdd(text);
  }

  #nextOdd(text: string): string {
    let fresh = text;
    if (this.#isCumulative) {
      if (text.startsWith(this.#all)) fresh = text.slice(this.#all.length);
      this.#all = fresh === text ? this.#all + text : text;
    }
    if (fresh === "") return "";
    if (this.#half !== "") {
      fresh = isLow(fresh.charCodeAt(0)) ? this.#half + fresh : `\uFFFD${fresh}`;
      this.#half = "";
    } else if (isLow(fresh.charCodeAt(0))) fresh = `\uFFFD${fresh.slice(1)}`;
    if (!isHigh(fresh.charCodeAt(fresh.length - 1))) return fresh;
    this.#half = fresh.slice(-1);
    return fresh.slice(0, -1);
  }

  /** What was held and never completed. */
  end(): string {
    const rest = this.#half === "" ? "" : "\uFFFD";
    this.#half = "";
    return rest;
  }
}

function isHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
