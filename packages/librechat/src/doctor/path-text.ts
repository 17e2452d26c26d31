import type { Path } from "./check-outline.ts";

/** A path for a reader: `endpoints.custom[0].models`. */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}
