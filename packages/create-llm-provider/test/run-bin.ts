import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { createBundle } from "../scripts/create-bundle.ts";
import { main } from "../src/command-line/main.ts";
import { type Resources, resources } from "../src/resources.ts";

const carried = resources();

export type BinResult = { code: number | null; out: string; err: string };

/** A key that must appear nowhere. */
export const canary = "canary-key-5d1f6e0b";

/** Ends programs whose test ran out of time. */
export const started = new Set<ChildProcess>();
afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
});

/** The program as published. */
const folderOfBin = fileURLToPath(new URL(`../.tmp/bin-${process.pid}/`, import.meta.url));
export const bin: string = join(folderOfBin, "create-llm-provider.js");
let bundled: Promise<unknown> | undefined;
export const bundle = (): Promise<unknown> => (bundled ??= createBundle(folderOfBin));
afterAll(() => rmSync(folderOfBin, { recursive: true, force: true }));

const folders: string[] = [];
/** An empty folder. The test file removes them all with `afterAll(removeFolders)`. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "create-llm-provider-"));
  folders.push(folder);
  return folder;
}
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Runs a command line in this process, as the program does. */
export async function runMain(
  words: readonly string[],
  options: {
    folder: string;
    inWorkspace?: boolean;
    templates?: Partial<Resources["templates"]>;
    /** Replaces bundled resources. */
    resources?: Partial<Resources>;
    environment?: { [name: string]: string };
  },
): Promise<BinResult> {
  const result = { out: "", err: "" };
  const code = await main(words, {
    resources: { ...carried, templates: { ...carried.templates, ...options.templates }, ...options.resources },
    inWorkspace: options.inWorkspace ?? false,
    root: options.folder,
    program: "npx create-llm-provider",
    rerun: "npx create-llm-provider@0.2.0",
    out: { write: (text) => void (result.out += text) },
    err: { write: (text) => void (result.err += text) },
    keyboard: false,
    environment: { PATH: process.env["PATH"], HOME: process.env["HOME"], ACME_API_KEY: canary, ...options.environment },
  });
  return { code, ...result };
}

/** Runs the program itself, without a terminal. `onOutput` receives the whole output so far. */
export async function runBin(
  words: readonly string[],
  options: {
    folder: string;
    environment?: { [name: string]: string };
    onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  },
): Promise<BinResult> {
  await bundle();
  const { CI: _, npm_config_user_agent: __, DEBUG: ___, ...environment } = process.env;
  const child = spawn(process.execPath, [bin, ...words], {
    cwd: options.folder,
    env: { ...environment, ACME_API_KEY: canary, ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.add(child);
  const result = { out: "", err: "" };
  for (const name of ["out", "err"] as const) {
    child[`std${name}`].setEncoding("utf8").on("data", (text: string) => {
      result[name] += text;
      options.onOutput?.(result.out + result.err, (signal) => child.kill(signal));
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, ...result };
}
