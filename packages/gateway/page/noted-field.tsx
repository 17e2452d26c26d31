import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { FieldNote } from "../src/inspector/inspected-request.ts";
import { JsonText } from "./json-text.tsx";
import { Prose } from "./prose.tsx";
import { SourceLink } from "./source-link.tsx";

/** A line whose field has a rule or a quirk. Hovering or focusing the name shows a sentence and a link to its page. */
export function NotedField({ text, note, id }: { text: string; note: FieldNote; id: string }): VNode {
  const [isOpen, setOpen] = useState(false);
  const name = `"${note.field}"`;
  const at = Math.max(0, text.indexOf(name));
  const found = text.startsWith(name, at) ? name : text;
  return (
    <>
      <JsonText text={text.slice(0, at)} />
      <span
        class="noted"
        onMouseEnter={() => setOpen(true)}
        onMouseLeave={() => setOpen(false)}
        onFocusIn={() => setOpen(true)}
        onFocusOut={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOpen(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !isOpen) return;
          event.preventDefault();
          event.currentTarget.querySelector("button")?.focus();
          setOpen(false);
        }}
      >
        <button type="button" class="json-key" aria-expanded={isOpen} aria-describedby={isOpen ? id : undefined}>
          {found}
        </button>
        {isOpen && (
          <span class="field-note" role="note" id={id}>
            <Prose text={note.sentence} /> {note.page && <SourceLink source={note.page} />}
          </span>
        )}
      </span>
      <JsonText text={text.slice(at + found.length)} />
    </>
  );
}
