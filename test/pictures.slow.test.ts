import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { canary } from "../scripts/run-command-line.ts";
import { pictures } from "../scripts/write-pictures.ts";

const root = join(import.meta.dirname, "..");

test("the pictures show the current output of the commands", { timeout: 60_000 }, async () => {
  const drawn = await pictures();
  for (const { path, text } of drawn) {
    const hint = `${relative(root, path)}: run \`npx -y pnpm@12.21.0 pictures\`.`;
    expect(readFileSync(path, "utf8"), hint).toBe(text);
    expect(text).not.toContain(canary);
    expect(text.match(/<text /g)!.length, path).toBeGreaterThan(5);
  }
  expect(
    globSync("docs/pictures/*.svg", { cwd: root })
      .map((path) => join(root, path))
      .sort(),
  ).toEqual(drawn.map(({ path }) => path).sort());
});
