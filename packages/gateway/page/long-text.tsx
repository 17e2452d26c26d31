import type { VNode } from "preact";
import { useState } from "preact/hooks";

const firstPart = 32_000;

/** A text. To keep the page fast, only the beginning of a long one is shown until the reader asks for all of it. */
export function LongText({ text, mono }: { text: string; mono?: boolean }): VNode {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > firstPart && !isWhole;
  return (
    <>
      <div class={mono ? "text mono" : "text"} dir="auto">
        {isLong ? text.slice(0, firstPart) : text}
      </div>
      {isLong && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {text.length.toLocaleString("en-US")} characters
        </button>
      )}
    </>
  );
}
