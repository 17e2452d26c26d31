import { refusal } from "../refusal.ts";
import type { Clone } from "./open-clone.ts";

/** One file to write. */
export interface Edit {
  /** Relative to the clone's top, with slashes. */
  readonly path: string;
  /** The text of the last commit; absent for a new file. */
  readonly before?: string;
  readonly after: string;
}

/** The files of a clone with unwritten edits on top. Texts have LF line ends whatever the file has. */
export interface Draft {
  list(folder: string): readonly string[];
  read(path: string): string | undefined;
  /** The file of that path. Throws a refusal that names it when it is missing. */
  need(path: string): string;
  write(path: string, text: string): void;
  /** The edits: the differences from the clone. */
  edits(): Edit[];
}

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
      throw refusal(
        `${path} is missing: this is not a clone of LibreChat-AI/librechat.ai, or its layout has changed.`,
        2,
      );
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
  throw refusal(`${path} mixes Windows and Unix line ends. Convert it to one kind first.`);
}

/** The value of a JSON file that anybody may have written. Throws a refusal when it has none. */
export function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(`${path} is not valid JSON. Restore it with \`git restore ${path}\`, or clone again.`);
  }
}
