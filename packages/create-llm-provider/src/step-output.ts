import { stripVTControlCharacters } from "node:util";

/** The end of what a failed command printed, without the stacks that npm prints. */
export function lastLines(output: string): string {
  const lines = stripVTControlCharacters(output).trimEnd().split("\n");
  return lines
    .filter((line) => !/^(npm error )?\s+at \S.*:\d+:\d+\)?( \{)?$/.test(line))
    .slice(-25)
    .join("\n");
}

/** `, 62 tests passed`, from vitest's summary; empty where there is none. */
export function testCount(output: string): string {
  const count = /^\s*Tests\s+.*?(\d+) passed/m.exec(stripVTControlCharacters(output))?.[1];
  return count ? `, ${count} tests passed` : "";
}
