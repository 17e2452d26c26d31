import { createMask } from "./create-mask.ts";
import { wrongFile } from "./wrong-file.ts";
import { findExcess, withoutExcess } from "./find-excess.ts";
import { LineCounter, isMap, parseDocument, type Document, type YAMLMap } from "yaml";

/** A librechat.yaml as text and as nodes with offsets. Offsets count in the text without its BOM. */
export type ConfigText = {
  /** Without the byte order mark. */
  readonly text: string;
  readonly hasMark: boolean;
  readonly newline: "\n" | "\r\n";
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  /** `undefined` if the file contains only comments. */
  readonly root: YAMLMap.Parsed | undefined;
};

/** Reads a file for editing. Throws a sentence if an edit could not be safe. */
export function readConfigText(source: string): ConfigText {
  const hasMark = source.startsWith("\uFEFF");
  const text = hasMark ? source.slice(1) : source;
  const lines = new LineCounter();
  const document = parseDocument(withoutExcess(text), {
    keepSourceTokens: true,
    lineCounter: lines,
    logLevel: "error",
  });
  const error = findExcess(text, document) ?? document.errors[0];
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    const reason = error.message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, "");
    throw new Error(
      `The file is not valid YAML (line ${line}, column ${col}): ${createMask(undefined)(reason)}. \`llm-provider librechat doctor\` says more.`,
    );
  }
  const { contents } = document;
  const other = wrongFile(document.toJS({ maxAliasCount: 1000 }), text);
  if (other) throw new Error(`This is ${other.is}, not a librechat.yaml. ${other.advice}`);
  if (contents && !isMap(contents) && !isNothing(contents)) {
    throw new Error("The file is not a mapping of keys at its top level, so it is not a librechat.yaml.");
  }
  return {
    text,
    hasMark,
    newline: text.includes("\r\n") ? "\r\n" : "\n",
    document,
    lines,
    root: isMap(contents) ? (contents as YAMLMap.Parsed) : undefined,
  };
}

function isNothing(node: unknown): boolean {
  return (node as { value?: unknown }).value === null;
}
