import type { VNode } from "preact";
import { SourceLink } from "./source-link.tsx";

const marked = /`([^`\n]+)`|(https?:\/\/[^\s()<>"]+[^\s()<>".,:;])/;

/** A sentence of ours: what it has in backquotes is code, and addresses are links. */
export function Prose({ text }: { text: string }): VNode {
  // Plain text, code and an address in turn.
  const pieces = text.split(marked).map((piece, index) => {
    if (index % 3 === 0 || !piece) return piece;
    return index % 3 === 1 ? <code key={index}>{piece}</code> : <SourceLink key={index} source={piece} />;
  });
  return <>{pieces}</>;
}
