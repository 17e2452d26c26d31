import type { Diagnostic, Severity } from "@llm-provider/librechat";
import type { Io } from "../io.ts";
import { paint } from "../paint.ts";
import { wrap } from "../wrap.ts";

/** The diagnostics for a person: `line:column`, what is wrong, why, and what to do. */
export function printDiagnostics(
  name: string,
  diagnostics: readonly Diagnostic[],
  io: Pick<Io, "isTerminal" | "columns">,
): string {
  const { bold, dim, red, yellow, cyan } = paint(io);
  const colours: { readonly [severity in Severity]: (text: string) => string } = {
    error: red,
    warning: yellow,
    info: cyan,
  };
  const indent = " ".repeat(4);
  const columns = Math.max(40, Math.min(io.columns, 100)) - indent.length;
  const block = (text: string): string =>
    wrap(text, columns)
      .map((line) => indent + line)
      .join("\n");
  const entries = diagnostics.map(({ line, column, severity, rule, message, why, fix }) =>
    [
      `${bold(`${name}:${line}:${column}`)} ${colours[severity](severity)} ${dim(rule)}`,
      block(message),
      dim(block(`Why: ${why}`)),
      ...(fix === undefined ? [] : [block(`Fix: ${fix}`)]),
    ].join("\n"),
  );
  return `${entries.join("\n\n")}\n\n${countText(diagnostics)}\n`;
}

function countText(diagnostics: readonly Diagnostic[]): string {
  const counts = (["error", "warning", "info"] as const)
    .map((severity) => [severity, diagnostics.filter((one) => one.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity === "info" ? "remark" : severity}${count === 1 ? "" : "s"}`);
  return `${counts.join(", ")}.`;
}
