/** Separates text inside tags such as `<think>` from text outside. Two chunks may cut a tag anywhere. */
export class TagSplitter {
  readonly #tags: readonly string[];
  /** The tag that is open. */
  #inside: string | undefined;
  /** The end of the text so far, if it may be the beginning of a tag. */
  #pending = "";

  constructor(tags: readonly string[]) {
    this.#tags = tags;
  }

  split(text: string, take: (text: string, isInside: boolean) => void): void {
    let rest = this.#pending + text;
    for (;;) {
      const isInside = this.#inside !== undefined;
      const marks = this.#inside === undefined ? this.#tags.map((tag) => `<${tag}>`) : [`</${this.#inside}>`];
      let at = -1;
      let found = "";
      for (const mark of marks) {
        const index = rest.indexOf(mark);
        if (index >= 0 && (at < 0 || index < at)) [at, found] = [index, mark];
      }
      if (at < 0) {
        const kept = Math.max(...marks.map((mark) => overlap(rest, mark)));
        this.#pending = rest.slice(rest.length - kept);
        if (kept < rest.length) take(rest.slice(0, rest.length - kept), isInside);
        return;
      }
      if (at > 0) take(rest.slice(0, at), isInside);
      this.#inside = isInside ? undefined : found.slice(1, -1);
      rest = rest.slice(at + found.length);
    }
  }

  end(take: (text: string, isInside: boolean) => void): void {
    if (this.#pending !== "") take(this.#pending, this.#inside !== undefined);
    this.#pending = "";
  }
}

/** How many characters at the end of a text may be the beginning of a mark. */
function overlap(text: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length--)
    if (text.endsWith(mark.slice(0, length))) return length;
  return 0;
}
