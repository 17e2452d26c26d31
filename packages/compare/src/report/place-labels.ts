import { markup, type Html } from "./markup.ts";
import { across } from "./scale.ts";

/** A point that needs a label. Coordinates are shares of the chart's size. */
interface LabelledPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** Both ends of its error bar. */
  readonly low: number;
  readonly high: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Approximate sizes in pixels, since readers' fonts differ. */
const letter = 6.7;
const line = 15;
const gap = 11;

/** Places each label where it overlaps least: beside its point, or above or below its error bar. */
export function placeLabels(points: readonly LabelledPoint[], size: { width: number; height: number }): Html[] {
  const taken = points.flatMap(({ x, y, low, high }): Box[] => {
    const [left, top] = [x * size.width, y * size.height];
    return [
      { left: left - 7, right: left + 7, top: top - 7, bottom: top + 7 },
      { left: left - 2, right: left + 2, top: high * size.height, bottom: low * size.height },
    ];
  });
  return points.map((point) => {
    const name = short(point.name, size.width);
    const places = candidates(point, name.length * letter, size);
    const cost = ({ box }: Candidate): number =>
      taken.reduce((sum, other) => sum + overlap(box, other), 0) + outside(box, size) * 3;
    const place = places.reduce((best, one) => (cost(one) < cost(best) ? one : best));
    taken.push(place.box);
    return markup`<text
      class="label ${place.anchor}"
      x="${across(point.x)}"
      y="${across(point.y)}"
      dx="${place.dx}"
      dy="${Math.round(place.dy)}"
      >${name}</text
    >`;
  });
}

interface Candidate {
  readonly box: Box;
  readonly anchor: "start" | "end" | "middle";
  readonly dx: number;
  readonly dy: number;
}

function candidates(
  { x, y, low, high }: LabelledPoint,
  width: number,
  size: { width: number; height: number },
): Candidate[] {
  const sides = (dy: number): Candidate[] => [candidate("start", gap, dy), candidate("end", -gap, dy)];
  const candidate = (anchor: Candidate["anchor"], dx: number, dy: number): Candidate => {
    const from = x * size.width + dx - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
    const middle = y * size.height + dy - 4;
    return {
      anchor,
      dx,
      dy,
      box: { left: from, right: from + width, top: middle - line / 2, bottom: middle + line / 2 },
    };
  };
  const above = (high - y) * size.height - 7;
  const below = (low - y) * size.height + 16;
  return [
    ...[4, -10, 18, -24, 32, -38, 46].flatMap(sides),
    candidate("middle", 0, above),
    candidate("middle", 0, below),
    candidate("start", -6, above),
    candidate("end", 6, above),
    candidate("start", -6, below),
    candidate("end", 6, below),
  ];
}

function overlap(one: Box, other: Box): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return Math.max(0, width) * Math.max(0, height);
}

function outside({ left, right, top, bottom }: Box, { width, height }: { width: number; height: number }): number {
  return (
    (Math.max(0, -left) + Math.max(0, right - width)) * line +
    (Math.max(0, -12 - top) + Math.max(0, bottom - height + 2)) * 60
  );
}

function short(name: string, width: number): string {
  const most = Math.max(12, Math.floor(width / letter / 2.2));
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}
