import { parseDocument, type Document, type YAMLError } from "yaml";
import { applyEdits, type Edit } from "../config/edit.ts";
import { nextLine } from "../config/text-lines.ts";
import { shapeIssues } from "../schema/shape-issues.ts";
import { asRecord } from "./as-record.ts";
import type { ConfigFile, Position } from "./config-file.ts";
import type { Finding } from "./rule.ts";

/** A YAML error, with advice, at the line that has to change. */
export function explainSyntax(file: ConfigFile, error: YAMLError): Finding {
  const at = file.positionOf(error.pos[0]);
  const line = file.lines[at.line - 1] ?? "";
  const plain = error.message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, "");
  const say = (message: string, fix: string, position: Position = at, edit?: Edit): Finding => ({
    at: position,
    message,
    fix: edit === undefined ? `${fix} Then run the doctor again: it cannot read the rest until then.` : fix,
    ...(edit && { blocks: true as const, edits: [edit] }),
  });
  const offsetOf = (place: Position): number => offsetOfLine(file.text, place.line) + place.column - 1;
  const insert = (place: Position, text: string): Edit => ({ start: offsetOf(place), end: offsetOf(place), text });

  if (error.code === "RESOURCE_EXHAUSTION")
    return say(
      `The file is not read: ${/call stack/.test(plain) ? "It is nested too deeply" : plain}.`,
      "Remove this: no librechat.yaml needs it.",
    );
  if (error.code === "TAB_AS_INDENT" || /^\s*\t/.test(line)) {
    const tabs = tabsAsSpaces(file);
    if (tabs)
      return {
        at,
        message: `The file is indented with tabs: ${tabs.edits.length} lines, of which this is the first.`,
        fix: `Indent with spaces, ${tabs.width} for each tab.`,
        blocks: true,
        edits: tabs.edits,
      };
    const start = offsetOfLine(file.text, at.line);
    const indent = indentForTab(file, at.line);
    const edit = indent === undefined ? undefined : { start, end: start + indentOf(line), text: " ".repeat(indent) };
    return say("The line is indented with a tab.", "Indent with spaces, like the lines around it.", at, edit);
  }
  if (error.code === "MULTIPLE_DOCS") {
    return say("A second document begins here; LibreChat reads only one.", "Delete the line, or everything after it.");
  }
  if (/Missing closing ['"]/.test(plain)) {
    const opened = openedAt(file, at, plain.includes('"') ? '"' : "'");
    const quote = plain.includes('"') ? '"' : "'";
    const value = (file.lines[opened.line - 1] ?? "").replace(/\s+#.*$/, "").trimEnd();
    // A value that continues in the next line may end anywhere.
    const isWhole = value.slice(opened.column).search(quote) < 0 && value.length > opened.column;
    return say(
      "A quote opens here and is never closed.",
      `Write ${quote} at the end of the value.`,
      opened,
      isWhole ? insert({ line: opened.line, column: value.length + 1 }, quote) : undefined,
    );
  }
  if (/Flow (sequence|map)/.test(plain) && /must end|sufficiently indented/.test(plain)) {
    const sign = plain.includes("sequence") ? "]" : "}";
    return say(
      `A ${sign} is missing at the end of this list.`.replace("list", sign === "]" ? "list" : "mapping"),
      `Add ${sign}.`,
      lastWritten(file, at),
      insert(lastWritten(file, at), sign),
    );
  }
  if (/Implicit keys need to be on a single line|Implicit map keys need/.test(plain) && !line.includes(": ")) {
    if (/^\s*-?\s*[\w.-]+:\S/.test(line))
      return say(
        "There is no space after the colon.",
        "Write a space after the colon.",
        at,
        insert({ line: at.line, column: line.indexOf(":") + 2 }, " "),
      );
    return say("This line has no colon, or it belongs to the line above.", "Write `key: value`.");
  }
  if (/^\s*-[^\s-]/.test(line))
    return say(
      "There is no space after the dash of this list item.",
      "Write a space after the dash.",
      at,
      insert({ line: at.line, column: line.indexOf("-") + 2 }, " "),
    );
  if (error.code === "BAD_SCALAR_START") {
    return say(
      `A value must not begin with ${plain.match(/character (\S)/)?.[1] ?? "this sign"} unless it is quoted.`,
      "Put the value in quotes.",
    );
  }
  if (error.code === "BAD_DQ_ESCAPE") {
    return say(
      "A backslash in double quotes begins an escape that YAML does not know.",
      "Use single quotes, or write the backslash twice.",
    );
  }
  if (error.code === "BAD_INDENT" || /without - indicator/.test(plain)) {
    return say(
      "The line is indented more or less than its neighbours.",
      "Indent it exactly as the other keys of its mapping.",
    );
  }
  if (error.code === "BLOCK_AS_IMPLICIT_KEY") {
    const next = nextWritten(file, at);
    if (
      next &&
      !/:\s.*:\s/.test(line) &&
      indentOf(next.text) > indentOf(line) + (line.trimStart().startsWith("- ") ? 2 : 0)
    ) {
      return say(
        "The line is indented more than its neighbours.",
        "Indent it exactly as the other keys of its mapping.",
        {
          line: next.line,
          column: indentOf(next.text) + 1,
        },
      );
    }
    return say(
      "There is a second colon on this line, or the next line is indented too far.",
      "Put a value that has a colon and a space in quotes.",
    );
  }
  return say(`This is not YAML: ${plain}.`, "Compare the line with its neighbours: quotes, brackets, indentation.");
}

/** The beginning of a quote that runs to the end of the text or into the next line. */
function openedAt({ lines }: ConfigFile, at: Position, quote: string): Position {
  for (let index = at.line - 1; index >= 0; index--) {
    const line = lines[index] ?? "";
    const column = line.search(new RegExp(`(?:^|[\\s:\\-\\[,{])${quote}`));
    if (column >= 0) return { line: index + 1, column: line.indexOf(quote, column) + 1 };
  }
  return at;
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let count = 1; count < line; count++) offset = nextLine(text, offset);
  return offset;
}

/**
 * Spaces for every tab of an indentation, in the width with which the file has the fewest mistakes; undefined if one line
 * at most has a tab, or if no width makes the file readable.
 */
function tabsAsSpaces({ text, lines, document }: ConfigFile): { width: number; edits: Edit[] } | undefined {
  const indents: { start: number; indent: string }[] = [];
  let start = 0;
  for (const line of lines) {
    const indent = /^[ \t]*/.exec(line)![0];
    if (indent.includes("\t") && line.trim() !== "") indents.push({ start, indent });
    start = nextLine(text, start);
  }
  if (indents.length < 2) return undefined;
  const tried = [2, 4, 8].map((width) => {
    const edits = indents.map(({ start: from, indent }) => ({
      start: from,
      end: from + indent.length,
      text: indent.replaceAll("\t", " ".repeat(width)),
    }));
    const after = parseDocument(applyEdits(text, edits), { uniqueKeys: true, logLevel: "error" });
    return { width, edits, errors: after.errors.length, issues: after.errors.length > 0 ? 0 : issuesOf(after) };
  });
  const best = tried.sort((a, b) => a.errors - b.errors || a.issues - b.issues)[0]!;
  return best.errors === 0 || best.errors < document.errors.length - indents.length ? best : undefined;
}

/** Lines above from which an indentation may come. */
const linesAround = 40;

/**
 * The indentation of a nearby line with which the file has the fewest mistakes; undefined if none of them makes the line
 * readable.
 */
function indentForTab({ lines, document, text }: ConfigFile, line: number): number | undefined {
  const isWritten = (one: string): boolean => one.trim() !== "" && !/^\s*#|^\s*\t/.test(one);
  const above = lines.slice(Math.max(0, line - 1 - linesAround), line - 1).filter(isWritten);
  const below = lines.slice(line).find(isWritten);
  const last = above.at(-1);
  const candidates = new Set([
    ...(last === undefined ? [0] : [indentOf(last) + (/:\s*(?:[&#].*)?$|^\s*- /.test(last) ? 2 : 0)]),
    ...(below === undefined ? [] : [indentOf(below)]),
    ...above.toReversed().map(indentOf),
  ]);
  const start = offsetOfLine(text, line);
  const rest = text.slice(start).trimStart();
  const tried = [...candidates].slice(0, 6).map((indent) => {
    const after = parseDocument(`${text.slice(0, start)}${" ".repeat(indent)}${rest}`, {
      uniqueKeys: true,
      logLevel: "error",
    });
    return { indent, errors: after.errors.length, issues: after.errors.length > 0 ? 0 : issuesOf(after) };
  });
  const [best] = tried.sort((a, b) => a.errors - b.errors || a.issues - b.issues);
  return best && best.errors < document.errors.length ? best.indent : undefined;
}

function issuesOf(document: Document): number {
  try {
    return shapeIssues(asRecord(document.toJS({ maxAliasCount: 1000 }))).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function nextWritten({ lines }: ConfigFile, at: Position): { line: number; text: string } | undefined {
  const index = lines.findIndex(
    (text, place) => place >= at.line && text.trim() !== "" && !text.trimStart().startsWith("#"),
  );
  return index < 0 ? undefined : { line: index + 1, text: lines[index]! };
}

/** The end of the last line with content before a place. */
function lastWritten({ lines }: ConfigFile, at: Position): Position {
  for (let index = at.line - 2; index >= 0; index--) {
    const line = (lines[index] ?? "").replace(/\s+#.*$/, "").trimEnd();
    if (line !== "" && !line.trimStart().startsWith("#")) return { line: index + 1, column: line.length + 1 };
  }
  return at;
}
