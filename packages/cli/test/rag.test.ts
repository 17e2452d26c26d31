import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canary, runCommand } from "./run-command.ts";

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "rag-"));
  writeFileSync(
    join(cwd, "contract.md"),
    "# Contract\n\nThe notice period is three months.\n\n## Leave\n\nYou have 28 days of leave.\n",
  );
  writeFileSync(join(cwd, "photo.png"), Buffer.from("89504e470d0a1a0a0000", "hex"));
  writeFileSync(join(cwd, ".env"), "PORT=3080\n");
});
afterAll(() => rmSync(cwd, { recursive: true }));

test("`rag try` shows the chunks that LibreChat would pass to the model", async () => {
  const question = "What is the notice period?";
  const { code, out, err } = await runCommand(["rag", "try", "contract.md", question, "--twin"], { cwd });
  expect(code).toBe(0);
  expect(out).toMatch(/^1\. relevance -?\d\.\d{4}\nContract/);
  expect(out).toContain("The notice period is three months.");
  expect(err).toMatch(/1 chunks?; ollama:nomic-embed-text made vectors of 64 numbers/);
  expect(err).toContain("a fake's vectors have no meaning");
  // The vectors of a fake are hardly ever near each other.
  expect(err).toContain("LibreChat cites no chunk with a relevance below 0.45");
});

test("`rag try --json` prints the answer that LibreChat gets", async () => {
  const { out } = await runCommand(
    [
      "rag",
      "try",
      "contract.md",
      "leave",
      "--twin",
      "--json",
      "-k",
      "1",
      "--chunk-size",
      "100",
      "--chunk-overlap",
      "0",
    ],
    { cwd },
  );
  expect(JSON.parse(out)).toEqual([
    [
      {
        page_content: expect.any(String),
        metadata: { source: "contract.md", file_id: "contract.md", digest: expect.any(String) },
      },
      expect.any(Number),
    ],
  ]);
});

const env = { JWT_SECRET: canary };

test.each([
  ["without JWT_SECRET", ["rag"], {}, /JWT_SECRET is missing\. .*--env-file/s],
  ["with a .env without JWT_SECRET", ["rag", "--env-file", ".env"], {}, /JWT_SECRET is missing in \.env/],
  ["with a missing .env", ["rag", "--env-file", "nope"], {}, /nope cannot be read/],
  ["with a provider without embeddings", ["rag", "groq"], env, /Which model of Groq\?/],
  ["with an unknown provider", ["rag", "nowhere"], env, /nowhere/],
  ["with an invalid port", ["rag", "--port", "x"], env, /--port/],
  ["with an empty chunk size", ["rag", "--chunk-size", "0"], env, /--chunk-size` takes a number from 100/],
  ["with an overlap as large as a chunk", ["rag", "--chunk-size", "200", "--chunk-overlap", "200"], env, /less than/],
  [
    "with chunks shorter than the default overlap",
    ["rag", "--chunk-size", "120"],
    env,
    /`--chunk-overlap` \(150\) has to be less than `--chunk-size` \(120\)/,
  ],
  ["with a twin and an address", ["rag", "--twin", "--base-url", "http://localhost:1"], env, /exclude each other/],
  ["trying no file", ["rag", "try"], {}, /Which file\?/],
  ["trying without a question", ["rag", "try", "contract.md"], {}, /Which question\?/],
  ["trying with an empty question", ["rag", "try", "contract.md", " ", "--twin"], {}, /Which question\?/],
  ["trying a missing file", ["rag", "try", "nope.pdf", "x", "--twin"], {}, /There is no file nope\.pdf/],
  ["trying a folder", ["rag", "try", ".", "x", "--twin"], {}, /not a regular file|folder/],
])("%s ends with a clear message and exit code 2", async (_, args, variables, message) => {
  const { code, out, err } = await runCommand(args, { cwd, env: variables });
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(message);
  expect(err).not.toContain(canary);
});

test("a publicly known JWT_SECRET gives a warning before anything starts", async () => {
  const published = `16f8c0ef${"0".repeat(48)}2f2909ef`;
  const { code, err } = await runCommand(["rag", "groq"], { cwd, env: { JWT_SECRET: published } });
  expect(code).toBe(2);
  expect(err).toMatch(/warning JWT_SECRET is a published sample/);
  expect(err).not.toContain(published);
});

test("an unreadable file ends with a clear message", async () => {
  const { code, err } = await runCommand(["rag", "try", "photo.png", "What is it?", "--twin"], { cwd });
  expect(code).toBe(1);
  expect(err).toMatch(/error photo\.png/);
});

test("an unreachable model is reported with what to do", async () => {
  const { code, err } = await runCommand(["rag", "try", "contract.md", "x", "--base-url", "http://127.0.0.1:59998"], {
    cwd,
  });
  expect(code).toBe(1);
  expect(err).toMatch(/what to do: Nothing listens/);
});
