import { isPair, isScalar, visit, type Scalar } from "yaml";
import type { ConfigFile } from "../config-file.ts";
import type { Finding, Rule } from "../rule.ts";

const opening = /^[“”„‟‘’‚‛«»]/;

export const curlyQuotes: Rule = {
  id: "curly-quotes",
  severity: "error",
  on: "text",
  why: "YAML knows only straight quotes: curly ones, from word processors and chat programs, become part of the value, and no parser complains (https://github.com/AtomLinter/linter-js-yaml/issues/147).",
  *check({ file }) {
    const found: Finding[] = [];
    visit(file.document, {
      Pair(_, pair) {
        if (!isPair(pair)) return;
        if (isPlain(pair.key) && opening.test(String(pair.key.value))) found.push(describe(pair.key, file));
      },
      Scalar(key, node) {
        if (key === "key" || !isPlain(node)) return;
        if (opening.test(String(node.value))) found.push(describe(node, file));
        else if (/^[^"\n]+"$/.test(file.text.slice(node.range[0], node.range[1]))) found.push(describeLone(node, file));
      },
    });
    yield* found;
  },
};

/** Inside straight quotes, or in a text over several lines, a curly quote is an ordinary character. */
function isPlain(node: unknown): node is Scalar & { range: [number, number, number] } {
  return isScalar(node) && node.type === "PLAIN" && node.range !== undefined && node.range !== null;
}

function describeLone({ range: [, end] }: Scalar & { range: [number, number, number] }, file: ConfigFile): Finding {
  return {
    at: file.positionOf(end - 1),
    message: "A quote closes here that was never opened; it is read as part of the text.",
    fix: 'Write " at the beginning of the value too, or delete this one.',
    blocks: true,
    edits: [{ start: end - 1, end, text: "" }],
  };
}

function describe(
  node: Scalar & { range: [number, number, number] },
  file: { text: string; positionOf(offset: number): { line: number; column: number } },
): Finding {
  const [start, end] = node.range;
  const text = file.text.slice(start, end);
  const inner = /^[“”„‟‘’‚‛«»]([^“”„‟‘’‚‛«»"\\\n]*)[“”„‟‘’‚‛«»]$/.exec(text)?.[1];
  return {
    at: file.positionOf(start),
    message: "A curly quote where YAML needs a straight one; it is read as part of the text.",
    fix: "Write \" or ' instead.",
    ...(inner === undefined ? {} : { blocks: true as const, edits: [{ start, end, text: `"${inner}"` }] }),
  };
}
