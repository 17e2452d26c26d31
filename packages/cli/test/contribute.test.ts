import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fakeClone, guides, oldPage } from "../../upstream/test/fake-clone.ts";
import { canary, runCommand } from "./run-command.ts";

const oldGroq = oldPage
  .replaceAll("https://api.acme.example/v1/", "https://api.groq.com/openai/v1")
  .replaceAll("condor-1", "llama3-70b-8192");

test("a run lists the files written, the texts to review, the commands to run and the text to paste", async () => {
  const clone = fakeClone({ [`${guides}/groq.mdx`]: oldGroq });
  const env = { GROQ_API_KEY: canary };
  const { code, out, err } = await runCommand(["contribute", "groq", "--path", clone.path], { env });
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^Written on the new branch docs\/groq-endpoint, not committed\n {2}changed content/);
  expect(out).toContain("Taken out of groq.mdx, since it mentions models that are gone\n  - `llama3-70b-8192`");
  expect(out).toContain("  Line 7: names Condor; no model of the block is called that\n    Acme hosts fast birds");
  expect(out).toContain("Check it, in the clone\n  pnpm install --frozen-lockfile\n  pnpm typecheck\n");
  expect(out).toContain('  git commit -m "docs: refresh Groq endpoint guide"');
  expect(out).toContain("Other repositories of LibreChat are left alone\n  danny-avila/LibreChat\n");
  const [ours] = out.split("Text of the pull request");
  const wide = (text: string) => text.split("\n").filter((line) => line.length > 80 && line.includes(" ", 4));
  expect(wide(ours!.replaceAll(/^ {2}changed .*$/gm, ""))).toEqual([]);
  expect(out + clone.git("diff")).not.toContain(canary);

  expect((await runCommand(["contribute", "groq", "--path", clone.path])).out).toMatch(
    /^Already written on the branch/,
  );
  clone.git("commit", "--all", "--quiet", "--message", "Work");
  expect((await runCommand(["contribute", "groq", "--path", clone.path])).out).toMatch(/^Nothing to change\./);
});

test("--dry-run --json prints the plan and writes nothing", async () => {
  const clone = fakeClone();
  const { code, out } = await runCommand([
    "contribute",
    "groq",
    "mistral",
    "--path",
    clone.path,
    "--dry-run",
    "--json",
  ]);
  expect(code).toBe(0);
  const plan = JSON.parse(out) as { branch: string; guides: unknown[]; files: { path: string; isNew: boolean }[] };
  expect(plan).toMatchObject({
    branch: "docs/groq-mistral-endpoint",
    guides: [{ id: "groq", kind: "added" }, { id: "mistral" }],
  });
  expect(plan.files).toContainEqual({ path: `${guides}/mistral.mdx`, isNew: true });
  expect(clone.git("status", "--porcelain", "--branch")).toBe("## main\n");
});

test("--icon reads an icon from a file", async () => {
  const clone = fakeClone();
  const folder = mkdtempSync(join(tmpdir(), "icon-"));
  writeFileSync(join(folder, "x.svg"), '<svg viewBox="0 0 24 24"><path d="M1 1h9v9z"/></svg>');
  const { code, out } = await runCommand(["contribute", "groq", "--path", clone.path, "--icon", "x.svg"], {
    cwd: folder,
  });
  expect(code).toBe(0);
  expect(out).toContain("new     components/icons/providers/groq.tsx");
  expect(out).not.toContain("has an icon there already");
  clone.git("add", "--all");
  clone.git("commit", "--quiet", "--message", "Work");
  const other = ["contribute", "groq", "--path", clone.path, "--icon", "x.svg", "--rewrite", "--target", "0.8.7"];
  expect((await runCommand(other, { cwd: folder })).out).toContain("Groq has an icon there already\n");
});

test.each([
  [["contribute"], 2, /Which provider\?/],
  [["contribute", "groq"], 2, /Give its folder with `--path`/],
  [["contribute", "groqq", "--path", "."], 2, /Did you mean `groq`\?/],
  [["contribute", "groq", "--path", "nowhere"], 2, /There is no folder/],
  [["contribute", "groq", "--path", "."], 2, /not a git clone|not the top of its clone/],
  [["contribute", "groq", "--path", ".", "--icon", "none.svg"], 2, /The icon none\.svg cannot be read/],
  [["contribute", "groq", "--path", ".", "--target", "0.1"], 2, /Choose one of: 0\.8\.7/],
])("%j is refused with a clear message", async (args, exitCode, sentence) => {
  const { code, out, err } = await runCommand(args);
  expect([code, out]).toEqual([exitCode, ""]);
  expect(err).toMatch(sentence);
  expect(err).not.toMatch(/\n\s+at /);
});
