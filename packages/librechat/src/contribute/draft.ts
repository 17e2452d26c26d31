import type { Clone } from "./open-clone.ts";
import { refusal } from "./refusal.ts";

/** One file as it stands (absent: there is none) and as it shall be. */
export type Edit = { readonly path: string; readonly before?: string; readonly after: string };

/** The files of a clone with edits on top that are not written yet. Texts have LF line ends whatever the file has. */
export type Draft = {
  list(folder: string): readonly string[];
  read(path: string): string | undefined;
  /** The file of that path, or a refusal that says what is missing. */
  need(path: string): string;
  write(path: string, text: string): void;
  /** What differs from the clone. */
  edits(): Edit[];
};

/** Starts a draft over a clone. */
export function createDraft(clone: Pick<Clone, "list" | "read">): Draft {
  const texts = new Map<string, string>();
  const read = (path: string) => texts.get(path) ?? unixText(path, clone.read(path));
  return {
    list: clone.list,
    read,
    need: (path) => {
      const text = read(path);
      if (text !== undefined) return text;
      throw refusal(`${path} is missing: this is no clone of LibreChat-AI/librechat.ai, or one of another layout.`, 2);
    },
    write: (path, text) => void texts.set(path, text),
    edits: () =>
      [...texts].flatMap(([path, text]) => {
        const before = clone.read(path);
        const after = before?.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
        return after === before ? [] : [{ path, ...(before !== undefined && { before }), after }];
      }),
  };
}

function unixText(path: string, text: string | undefined): string | undefined {
  if (!text?.includes("\r\n")) return text;
  const unix = text.replaceAll("\r\n", "\n");
  if (unix.replaceAll("\n", "\r\n") === text) return unix;
  throw refusal(`${path} has line ends of both kinds. Give it one kind first: a splice would change every line.`);
}
