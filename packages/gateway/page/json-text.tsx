import type { VNode } from "preact";

const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;
const longestColoured = 20_000;

/** JSON in colours. Each piece is a separate text node. */
export function JsonText({ text }: { text: string }): VNode {
  if (text.length > longestColoured) return <>{text}</>;
  const pieces: (VNode | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const [whole, quoted, colon] = match;
    pieces.push(text.slice(end, match.index));
    const kind = colon ? "key" : quoted ? "string" : "number";
    pieces.push(<span class={`json-${kind}`}>{quoted ?? whole}</span>, colon ?? "");
    end = match.index + whole.length;
  }
  return (
    <>
      {pieces}
      {text.slice(end)}
    </>
  );
}
