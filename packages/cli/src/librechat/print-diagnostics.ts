import { rules, type Diagnostic, type Severity } from "@llm-provider/librechat";
import { paint, wrap, type CommandIo } from "@llm-provider/testing/command";

const severities: readonly Severity[] = ["error", "warning", "info"];

/**
 * The diagnostics for a person: errors first, grouped by rule, one reason per rule; findings that differ only in a name are merged,
 * with all names and lines. `--json` has each with its own reason.
 */
export function printDiagnostics(
  name: string,
  diagnostics: readonly Diagnostic[],
  io: Pick<CommandIo, "columns" | "isTerminal">,
): string {
  const { bold, dim, red, yellow, cyan } = paint(io);
  const colours: { readonly [severity in Severity]: (text: string) => string } = {
    error: red,
    warning: yellow,
    info: cyan,
  };
  const columns = Math.max(40, Math.min(io.columns, 100));
  const block = (text: string, first = 4): string =>
    wrap(text, columns - 4)
      .map((line, index) => " ".repeat(index === 0 ? first : 4) + line)
      .join("\n");
  const describe = (same: readonly Diagnostic[]): string => {
    const { line, column, message } = same[0]!;
    const place = `${name}:${line}:${column}`;
    return block([place, message, ...alsoText(same)].join(" "), 2).replace(place, () => bold(place));
  };
  const sections = severities.flatMap((severity) => {
    const found = diagnostics.filter((one) => one.severity === severity);
    return groupBy(found, ({ rule }) => rule).map((ofRule) => {
      const parts = groupBy(ofRule, ({ fix = "" }) => fix.replaceAll(quoted, "")).flatMap((ofFix) => [
        ...groupBy(ofFix, ({ message }) => template(message)).map(describe),
        ...(ofFix[0]!.fix === undefined ? [] : [block(`Fix: ${ofFix[0]!.fix}`)]),
      ]);
      const { rule } = ofRule[0]!;
      return [`${colours[severity](severity)} ${dim(rule)}`, ...parts, dim(block(`Why: ${whyOf(ofRule)}`))].join("\n");
    });
  });
  return `${sections.join("\n\n")}\n\n${countText(diagnostics)}\n`;
}

/** The reason that most findings share, or else their rule's. */
function whyOf(ofRule: readonly Diagnostic[]): string {
  const [most] = groupBy(ofRule, ({ why }) => why).sort((a, b) => b.length - a.length);
  const isShared = most!.length * 2 > ofRule.length;
  return isShared ? most![0]!.why : rules.find(({ id }) => id === ofRule[0]!.rule)!.why;
}

const quoted = /"[^"]*"/g;
const named = /`[^`]*`|"[^"]*"/g;

/** A message without the parts that only distinguish entries: names, and places in lists. */
function template(message: string): string {
  return message
    .replaceAll(named, "_")
    .replaceAll(/\bon line \d+/g, "on line")
    .replaceAll(/\b(endpoint|model spec) \d+/gi, "$1");
}

/** The other names and lines: `The same for "b", "c": lines 12, 30.` */
function alsoText([first, ...rest]: readonly Diagnostic[]): string[] {
  if (rest.length === 0) return [];
  const known = first!.message.match(named) ?? [];
  const others = rest.flatMap(({ message }) =>
    (message.match(named) ?? []).filter((one, index) => one !== known[index]),
  );
  const names = listOf([...new Set(others)]);
  const lines = [...new Set(rest.map(({ line }) => line))];
  return [
    `The same ${names === "" ? "again" : `for ${names}`}: ${lines.length === 1 ? "line" : "lines"} ${listOf(lines)}.`,
  ];
}

function listOf(items: readonly unknown[]): string {
  return `${items.slice(0, 8).join(", ")}${items.length > 8 ? ` and ${items.length - 8} more` : ""}`;
}

function groupBy(diagnostics: readonly Diagnostic[], keyOf: (one: Diagnostic) => string): Diagnostic[][] {
  const groups = new Map<string, Diagnostic[]>();
  for (const one of diagnostics) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function countText(diagnostics: readonly Diagnostic[]): string {
  const counts = severities
    .map((severity) => [severity, diagnostics.filter((one) => one.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity === "info" ? "remark" : severity}${count === 1 ? "" : "s"}`);
  return `${counts.join(", ")}.`;
}
