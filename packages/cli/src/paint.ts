import { styleText } from "node:util";
import type { Io } from "./io.ts";

type Paint = (text: string) => string;

/** Colours, on a terminal only. */
export function paint({ isTerminal }: Pick<Io, "isTerminal">): {
  bold: Paint;
  dim: Paint;
  red: Paint;
  green: Paint;
  yellow: Paint;
  cyan: Paint;
} {
  const style =
    (format: Parameters<typeof styleText>[0]): Paint =>
    (text) =>
      isTerminal && text !== "" ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: style("bold"),
    dim: style("dim"),
    red: style("red"),
    green: style("green"),
    yellow: style("yellow"),
    cyan: style("cyan"),
  };
}
