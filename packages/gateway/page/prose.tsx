import type { VNode } from "preact";
import { SourceLink } from "./source-link.tsx";

const marked = /`([^`\n]+)`|(https?:\/\/[^\s()<>"]+[^\s()<>".,:;])/;

/** A sentence with code in backquotes and with links. */
export function Prose({ text }: { text: string }): VNode {
  // `split` returns plain text, code and an address in turn.
  const pieces = text.split(marked).map((piece, index) => {
    if (index % 3 === 0 || !piece) return piece;
    return index % 3 === 1 ? <code key={index}>{piece}</code> : <SourceLink key={index} source={piece} />;
  });
  return <>{pieces}</>;
}
