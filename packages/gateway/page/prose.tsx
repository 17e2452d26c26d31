import type { VNode } from "preact";

/** A sentence, whose words in backquotes are code. */
export function Prose({ text }: { text: string }): VNode {
  const pieces = text.split(/`([^`\n]+)`/);
  return <>{pieces.map((piece, index) => (index % 2 === 0 ? piece : <code key={index}>{piece}</code>))}</>;
}
