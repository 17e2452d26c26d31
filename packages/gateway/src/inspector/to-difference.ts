import type { DifferenceLine, FieldNote, InspectedBody, InspectedChange } from "./inspected-request.ts";

/** Milliseconds for a comparison, since two large bodies with nothing in common would take minutes. */
const patience = 500;

/** Compares the caller's body with the sent one, line by line. Empty if one of them is not complete JSON. */
export async function toDifference(
  sent: InspectedBody,
  wire: InspectedBody,
  changes: readonly InspectedChange[],
  notes: readonly FieldNote[],
): Promise<DifferenceLine[]> {
  if (!sent.isJson || !wire.isJson) return [];
  const before = linesOf(sent.text);
  const after = linesOf(inOrderOf(sent.text, wire.text));
  const { diffArrays } = await import("diff");
  const parts = diffArrays(
    before.map(({ text }) => text),
    after.map(({ text }) => text),
    { timeout: patience },
  ) ?? [
    { value: before.map(({ text }) => text), added: false, removed: true },
    { value: after.map(({ text }) => text), added: true, removed: false },
  ];
  let [old, now] = [0, 0];
  return parts.flatMap(({ value, added, removed }) =>
    value.map((text): DifferenceLine => {
      const { field } = removed ? before[old]! : after[now]!;
      if (!added) old++;
      if (!removed) now++;
      const kind = added ? "added" : removed ? "removed" : "same";
      const change = kind === "same" ? -1 : changes.findIndex((one) => isAbout(one, field));
      const note = notes.findIndex((one) => one.field === field);
      return { kind, text, ...(change !== -1 && { change }), ...(note !== -1 && { note }) };
    }),
  );
}

/** Whether a change is about this top-level field. */
export function isAbout({ parameter, action, to }: InspectedChange, field: string): boolean {
  return rootOf(parameter) === field || (action === "renamed" && to === JSON.stringify(field));
}

/** The top-level name of a parameter: `messages` for `messages[].name`. */
export function rootOf(parameter: string): string {
  return /^[^.[]*/.exec(parameter)![0];
}

/** Splits a text into lines, each with its top-level field. */
function linesOf(text: string): { text: string; field: string }[] {
  let field = "";
  return text.split("\n").map((line) => {
    const [, name] = /^ {2}("(?:[^"\\]|\\.)*"): /.exec(line) ?? [];
    if (name !== undefined) field = JSON.parse(name) as string;
    else if (!line.startsWith(" ")) field = "";
    return { text: line, field };
  });
}

/** Sorts the fields like the caller's, since a different order has no meaning but would look like a change. */
function inOrderOf(sent: string, wire: string): string {
  const order = Object.keys(JSON.parse(sent) as object);
  const body = JSON.parse(wire) as Record<string, unknown>;
  if (Array.isArray(body)) return wire;
  const names = [
    ...order.filter((name) => Object.hasOwn(body, name)),
    ...Object.keys(body).filter((name) => !order.includes(name)),
  ];
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, body[name]])), null, 2);
}
