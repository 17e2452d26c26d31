import { refusal } from "../refusal.ts";

/** One shape of an icon: its element and its attributes, in their order. */
export interface Shape {
  readonly element: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

/** Bytes. LibreChat asks for icons of about 1 kB. */
const largest = 1500;
const shapes = "path|circle|ellipse|rect|polygon|polyline|line";
const attribute = `[\\w:-]+\\s*=\\s*(?:"[^"<>&]*"|'[^'<>&]*')`;
const attributesOf = `((?:\\s+${attribute})*)\\s*`;
const inherited = ["fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"];
const geometry = "d cx cy r rx ry x y x1 y1 x2 y2 width height points transform fill-rule clip-rule opacity";
const allowed = new Set([...geometry.split(" "), ...inherited]);
const inks = /^(?:currentcolor|black|#000|#000000)$/i;

/**
 * The shapes of a one-coloured icon of 24 × 24. It becomes code in another repository, so only known shapes and attributes
 * pass: no scripts, links, styles, texts, groups or colours.
 */
export function readIcon(svg: string): Shape[] {
  const size = Buffer.byteLength(svg);
  if (size > largest)
    throw refusal(`The icon has ${size} bytes; at most ${largest} are allowed. Simplify it, for example with svgo.`, 2);
  const plain = svg.replaceAll(/^﻿|<\?xml[^<>]*\?>|<!--[^]*?-->|<(title|desc)>[^<>]*<\/\1>/g, "").trim();
  const root = new RegExp(`^<svg${attributesOf}>([^]*)</svg>$`).exec(plain);
  if (!root)
    throw refusal("The icon is not a plain SVG. Use one <svg> element with quoted attributes and shapes in it.", 2);
  const frame = new Map(pairs(root[1]!));
  if (frame.get("viewBox")?.trim() !== "0 0 24 24")
    throw refusal('The icon needs viewBox="0 0 24 24": draw it on that grid.', 2);

  const found = [...root[2]!.matchAll(new RegExp(`<(${shapes})${attributesOf}(?:/>|>\\s*</\\1>)`, "g"))];
  const rest = found.reduce((text, [whole]) => text.replace(whole, ""), root[2]!).trim();
  if (found.length === 0 || rest !== "") {
    throw refusal(
      `The icon may contain only these elements: ${shapes.replaceAll("|", ", ")}. Flatten groups; remove styles and texts.`,
      2,
    );
  }
  return found.map(([, element, text]) => ({ element: element!, attributes: readAttributes(pairs(text!), frame) }));
}

function readAttributes(own: [string, string][], frame: ReadonlyMap<string, string>): [string, string][] {
  const named = new Set(own.map(([name]) => name));
  const outer = inherited.flatMap((name): [string, string][] => (frame.has(name) ? [[name, frame.get(name)!]] : []));
  const all = [...outer.filter(([name]) => !named.has(name)), ...own];
  if (!all.some(([name]) => name === "fill")) all.unshift(["fill", "currentColor"]);
  return all.map(([name, value]) => {
    if (!allowed.has(name)) throw refusal(`The icon has an attribute that is not allowed: ${name}. Remove it.`, 2);
    const text = value.replaceAll(/\s+/g, " ").trim();
    if (name === "fill" || name === "stroke") return [name, ink(name, text)];
    if (!/^[\w .,()+-]*$/.test(text))
      throw refusal(`The icon's attribute ${name} contains more than letters, digits and . , ( ) + -.`, 2);
    return [name, text];
  });
}

function ink(name: string, value: string): string {
  if (value === "none") return value;
  if (inks.test(value)) return "currentColor";
  throw refusal(`The icon has ${name}="${value.slice(0, 20)}". It must have one colour: use currentColor.`, 2);
}

function pairs(text: string): [string, string][] {
  return [...text.matchAll(new RegExp(attribute, "g"))].map(([pair]) => {
    const at = pair.indexOf("=");
    return [
      pair.slice(0, at).trim(),
      pair
        .slice(at + 1)
        .trim()
        .slice(1, -1),
    ];
  });
}
