import type { Random } from "./random.ts";

const deep = (levels: number): string => `${"[".repeat(levels)}1${"]".repeat(levels)}`;

/** Values for any place of a JSON text, as text, because `stringify` would not write some of them. */
const values = [
  "null",
  "true",
  "0",
  "-1",
  "1.5",
  "1e999",
  '""',
  '"x"',
  '"\\ud83d"',
  '"\\ude00"',
  "[]",
  "[null]",
  "{}",
  '{"toString":null}',
  '{"toString":null,"valueOf":null}',
  '[{"toString":null}]',
  '{"__proto__":{"x":1}}',
  '"constructor"',
  '"{}"',
  '"error"',
  '[{"loc":[{"toString":null}],"msg":"m"}]',
  deep(300),
  deep(6000),
];
/** Fields that readers read. */
const names =
  `choices delta message content index id name arguments function custom type text reasoning reasoning_content
  reasoning_details reasoning_text thinking_blocks tool_calls function_call images refusal finish_reason finishReason usage
  prompt_tokens cached_tokens prompt_tokens_details system_fingerprint service_tier provider model object error detail errors
  code status msg loc metadata`.split(/\s+/);
const lines = [
  "",
  ":",
  ": ping",
  "data:",
  "data: ",
  "data: : ping",
  "data: [DONE]",
  "data: null",
  "data: []",
  "data: {}",
  "data: {",
  'data: {"error":{"message":"no","code":429}}',
  'data: {"detail":"no"}',
  "error: no",
  'error: {"message":"no"}',
  "event: error",
  "event: ping",
  "id: 1",
  "retry: 1",
  '{"error":"no"}',
  "<html>",
  "\uFEFF",
  "\0",
];

/** Makes one to four changes to a body; `other` is a body to take parts from. */
export function mutate(random: Random, body: string, other: string): string {
  let out = body;
  for (let left = 1 + random.below(4); left > 0; left--) out = random.pick(changes)(random, out, other);
  return out;
}

type Change = (random: Random, body: string, other: string) => string;

const changes: readonly Change[] = [
  changeValue,
  changeValue,
  changeValue,
  changeName,
  addField,
  poison,
  poison,
  (random, body, other) => inLines(random, body, (all, at) => all.splice(at, 0, random.pick(other.split("\n")))),
  (random, body) => inLines(random, body, (all, at) => all.splice(at, 0, random.pick(lines))),
  (random, body) => inLines(random, body, (all, at) => all.splice(at, 1 + random.below(2))),
  (random, body) => inLines(random, body, (all, at) => all.splice(at, 0, ...all.slice(at, at + 1 + random.below(3)))),
  (random, body) => inLines(random, body, (all, at) => all.push(...all.splice(at, 2))),
  (random, body) => body.slice(0, random.below(body.length + 1)),
  (random, body) =>
    replaceAt(
      body,
      random.below(body.length + 1),
      1,
      random.pick(["", "\r", "\n", "\r\n", '"', "{", "}", ",", "\uD83D", "é", "😀"]),
    ),
  (random, body) => replaceAt(body, random.below(body.length + 1), 1 + random.below(20), ""),
  (_, body) => body.replaceAll("\n", "\r\n"),
  (_, body) => body.replaceAll("data: ", "data:"),
];

/** Replaces a scalar, an empty list or the beginning of a whole value. */
function changeValue(random: Random, body: string): string {
  const places = [...body.matchAll(/[:[,](?=["\d[{tfn-])/g)];
  if (places.length === 0) return body;
  const from = random.pick(places).index + 1;
  return replaceAt(body, from, valueEnd(body, from) - from, random.pick(values));
}

function changeName(random: Random, body: string): string {
  const places = [...body.matchAll(/"(\w+)":/g)];
  if (places.length === 0) return body;
  const { 0: found, index } = random.pick(places);
  return replaceAt(body, index, found.length, `${JSON.stringify(random.pick(names))}:`);
}

/** Values that cannot become text, a number or a key, or that cannot be walked through. */
const poisons = ['{"toString":null}', '[{"loc":[{"toString":null}],"msg":"m"}]', "[null]", deep(6000)];
const tops = [
  "system_fingerprint",
  "service_tier",
  "provider",
  "usage",
  "id",
  "model",
  "detail",
  "errors",
  "code",
  "message",
];

/** Puts such a value where readers surely look: at the top of a chunk, in its error, or in a field that readers join. */
function poison(random: Random, body: string): string {
  const value = random.pick(poisons);
  const inside = random.pick(["message", "code", "type", "status", "metadata"]);
  const field = random.oneIn(3) ? `"error":{"${inside}":${value}}` : `"${random.pick(tops)}":${value}`;
  const joined = [...body.matchAll(/"(text|thinking|signature|data|summary|url)":(?=["[])/g)];
  if (joined.length > 0 && random.oneIn(2)) {
    const { index, 0: found } = random.pick(joined);
    const from = index + found.length;
    return replaceAt(body, from, valueEnd(body, from) - from, value);
  }
  const objects = [...body.matchAll(/^(?:data: ?)?\[?\{(?=")/gm)];
  if (objects.length === 0) return body;
  const { index, 0: found } = random.pick(objects);
  return replaceAt(body, index + found.length, 0, `${field},`);
}

/** Adds a field to an object, first or last: if two fields have one name, JSON.parse takes the last. */
function addField(random: Random, body: string): string {
  const field = `${JSON.stringify(random.pick(names))}:${random.pick(values)}`;
  const isFront = random.oneIn(2);
  const places = [...body.matchAll(isFront ? /\{(?=")/g : /(?<=["\d\]}el])\}/g)];
  if (places.length === 0) return body;
  const at = random.pick(places).index;
  return isFront ? replaceAt(body, at + 1, 0, `${field},`) : replaceAt(body, at, 0, `,${field}`);
}

/** The end of the JSON value that begins here; the text may already be broken. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  let isText = false;
  for (let at = from; at < text.length; at++) {
    const letter = text[at]!;
    if (isText) {
      if (letter === "\\") at++;
      else if (letter === '"') isText = false;
    } else if (letter === '"') isText = true;
    else if (letter === "{" || letter === "[") depth++;
    else if (letter === "}" || letter === "]") {
      if (depth === 0) return at;
      depth--;
    } else if (letter === "," && depth === 0) return at;
    else if (letter === "\n") return at;
  }
  return text.length;
}

function replaceAt(text: string, from: number, length: number, by: string): string {
  return text.slice(0, from) + by + text.slice(from + length);
}

function inLines(random: Random, body: string, change: (lines: string[], at: number) => unknown): string {
  const all = body.split("\n");
  change(all, random.below(all.length));
  return all.join("\n");
}
