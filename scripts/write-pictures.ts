// Draws the pictures of docs/pictures: terminals with the real output of our commands. `node --conditions=source
// scripts/write-pictures.ts`; a slow test draws them again and compares.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terminalSVG } from "./pictures/terminal-svg.ts";
import { runCommandLine } from "./run-command-line.ts";
import { writeChanged } from "./write-changed.ts";

const root = join(import.meta.dirname, "..");

const columns = 96;

/** A picture of a terminal: the commands and their output. */
interface Scene {
  readonly file: string;
  /** The text for people who cannot see the picture. */
  readonly title: string;
  readonly commands: readonly string[];
  /** Files of `scripts/pictures` that the commands find in their folder. */
  readonly files?: readonly string[];
  /** How many lines of the output to show. */
  readonly lines?: number;
  /** Further commands to run while a server runs. */
  readonly meanwhile?: (origin: string) => Promise<string>;
  /** Replaces the parts that differ from run to run. */
  readonly settle?: (output: string) => string;
}

const scenes: readonly Scene[] = [
  {
    file: "doctor.svg",
    title: "The doctor finds a mistake in a librechat.yaml, with its line, the fix and the reason",
    commands: ["npx llm-provider librechat doctor librechat.yaml"],
    files: ["librechat.yaml"],
    lines: 9,
  },
  {
    file: "create.svg",
    title: "create-llm-provider makes a package for a new endpoint and says what to do next",
    commands: ["npx create-llm-provider acme --base-url https://api.acme.ai/v1 --no-install --no-git"],
    lines: 6,
  },
  {
    file: "chat.svg",
    title:
      "A request to the twin of Mistral: the answer, its tokens, its price, and every change of the request with its source",
    commands: ['npx llm-provider chat mistral "Hello" --twin -p seed=7 -p user=me -p max_completion_tokens=99'],
  },
  {
    file: "gateway.svg",
    title: "A gateway whose first target is down: the second one answers, and the log says why",
    commands: ["npx -p llm-provider -p @llm-provider/gateway llm-provider gateway --config gateway.yaml --twin"],
    files: ["gateway.yaml"],
    meanwhile: askGateway,
    settle: (output) =>
      output
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "2026-11-29T09:00:00.000Z")
        .replaceAll(/\b\d+ ms/g, "5 ms")
        .replaceAll(/req_[0-9a-f]{32}/g, "req_7f3c0e5b9a1d4c62"),
  },
  {
    file: "explain.svg",
    title: "explain names the cause of an error, the evidence for it, and the fix",
    commands: [`npx llm-provider explain --provider groq "property 'logit_bias' is unsupported"`],
  },
];

/** Every picture, up to date. */
export async function pictures(): Promise<{ path: string; text: string }[]> {
  const drawn = [];
  for (const scene of scenes) drawn.push({ path: join(root, "docs/pictures", scene.file), text: await draw(scene) });
  return drawn;
}

async function draw({ title, commands, files = [], lines, meanwhile, settle }: Scene): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "picture-"));
  for (const file of files) cpSync(join(root, "scripts/pictures", file), join(folder, file));
  const shown: string[] = [];
  for (const command of commands) {
    const output = (await runCommandLine(command, { folder, isTerminal: true, columns }, meanwhile)).split("\n");
    shown.push(
      `$ ${command}`,
      ...(lines !== undefined && output.length > lines ? [...output.slice(0, lines), "…"] : output),
    );
  }
  rmSync(folder, { recursive: true });
  const text = shown.join("\n");
  return terminalSVG(title, settle?.(text) ?? text, columns);
}

/** One request to a gateway, and its log. */
async function askGateway(origin: string): Promise<string> {
  const response = await fetch(`${origin}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "fast", messages: [{ role: "user", content: "Hello" }] }),
  });
  const target = response.headers.get("x-llm-provider-target");
  await response.body?.cancel();
  const log = await runCommandLine(`npx llm-provider log --url ${origin}`, {
    folder: tmpdir(),
    isTerminal: true,
    columns,
  });
  return [
    "$ curl -i http://127.0.0.1:4100/v1/chat/completions -d @hello.json",
    `x-llm-provider-target: ${target}`,
    "…",
    "$ npx llm-provider log",
    log,
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) {
  writeChanged(root, await pictures());
}
