import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { bin, bundle, emptyFolder, started, removeFolders } from "./run-bin.ts";

afterAll(removeFolders);

// Gives a program a terminal; its options differ outside Linux.
const scriptBin = "/usr/bin/script";

/** The text to wait for on the screen, and the keys to type then. */
type Turn = [seen: RegExp, keys: string];

const turns: readonly Turn[] = [
  [/What do you want to make\?/, "\r"],
  [/A short name for it\?/, "acme\r"],
  [/The base URL of its API\?/, "https://api.acme.ai/v1\r"],
  [/The page that documents it\?/, "\r"],
  [/Its model ids/, "acme-small\r"],
];

describe.skipIf(process.platform !== "linux" || !existsSync(scriptBin)).concurrent("at a terminal", () => {
  test.each(turns.map((_, index) => index + 1))("Ctrl-C at question %i leaves nothing behind", async (number) => {
    const folder = emptyFolder();
    const { code, screen } = await talk(folder, [...turns.slice(0, number - 1), [turns[number - 1]![0], "\x03"]]);
    expect(screen).toMatch(/Cancelled\. Nothing was written\./);
    expect(screen).not.toMatch(/^\s+at /m);
    expect(code).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("five questions make a package; a wrong answer or an occupied folder is reported and asked again", async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "taken/by"), { recursive: true });
    const taken: Turn[] = [
      [turns[1]![0], "taken\r"],
      [/is not empty/, "\x15acme\r"],
    ];
    const wrong: Turn[] = [
      [turns[2]![0], "http://api.acme.ai\r"],
      [/must begin with https/, "\x15https://api.acme.ai/v1\r"],
    ];
    const { code, screen } = await talk(folder, turns.toSpliced(1, 2, ...taken, ...wrong));
    expect(screen).toContain("ACME_API_KEY=… npm run record");
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["acme", "taken"]);
  });

  test("input typed before the first question answers no question", async () => {
    const folder = emptyFolder();
    const { code } = await talk(folder, [[/^/, "tool\r\r"], ...turns]);
    expect(code).toBe(0);
    expect(readdirSync(folder)).toEqual(["acme"]);
  });
});

async function talk(folder: string, script: readonly Turn[]): Promise<{ code: number | null; screen: string }> {
  await bundle();
  const { CI: _, npm_config_user_agent: __, ...environment } = process.env;
  for (const name of ["AI_AGENT", "CLAUDECODE", "CODEX_SANDBOX", "CURSOR_AGENT", "GEMINI_CLI", "OPENCODE"])
    delete environment[name];
  const command = `stty rows 40 cols 100; exec '${process.execPath}' '${bin}' --no-git --no-install`;
  const child = spawn(scriptBin, ["-qefc", command, "/dev/null"], {
    cwd: folder,
    env: { ...environment, TERM: "xterm" },
  });
  started.add(child);
  let screen = "";
  let next = 0;
  const type = () => {
    const turn = script[next];
    if (!turn?.[0].test(screen)) return;
    next++;
    // Not together with the question, because the program starts to read keys a moment later.
    setTimeout(() => child.stdin.write(turn[1]), 200);
    type();
  };
  type();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += stripVTControlCharacters(text);
    type();
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, screen };
}
