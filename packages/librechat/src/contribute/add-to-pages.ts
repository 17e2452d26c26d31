import { layout } from "./docs-layout.ts";
import { refusal } from "./refusal.ts";

/** meta.json with the page in its list, in the order of the alphabet; everything else stays to the byte. */
export function addToPages(text: string, id: string): string {
  const list = /"pages"\s*:\s*\[([^\]]*)\]/.exec(text);
  const items = list ? [...list[1]!.matchAll(/"((?:[^"\\]|\\.)*)"/g)] : [];
  const [first, second] = items;
  if (!list || !first) throw refusal(`${layout.pages} has no list of \`pages\`: its layout is not the one known here.`);
  if (items.some((item) => item[1] === id)) return text;

  const body = list.index + list[0].indexOf("[") + 1;
  const start = (item: RegExpExecArray) => body + item.index;
  const end = (item: RegExpExecArray) => start(item) + item[0].length;
  const separator = second ? text.slice(end(first), start(second)) : `,${text.slice(body, start(first)) || " "}`;
  const later = items.find((item) => item[1] !== "index" && /^[\w-]+$/.test(item[1]!) && item[1]! > id);
  const at = later ? start(later) : end(items.at(-1)!);
  return text.slice(0, at) + (later ? `"${id}"${separator}` : `${separator}"${id}"`) + text.slice(at);
}
