import { execFile, spawn } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { startEndpoint } from "./start-endpoint.ts";
import { writeWorker } from "./write-worker.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const modules = join(root, ".tmp/runtimes/node_modules");
// Runs the binaries directly. The packages' commands are scripts: one needs an install step, and one leaves its server running
// when it is stopped.
const [bun] = globSync(join(modules, "@oven/bun-*/bin/bun"));
const [deno] = globSync(join(modules, "@deno/*/deno"));
const [workerd] = globSync(join(modules, "@cloudflare/workerd-*/bin/workerd"));
const folder = mkdtempSync(join(tmpdir(), "runtimes-e2e-"));
const endpoint = await startEndpoint();
const environment = { PATH: process.env["PATH"], HOME: folder };

const program = join(folder, "program.mjs");
const files = ["packages/core/dist/index.js", "scripts/runtimes-e2e/try-core.js"].map(
  (path) => pathToFileURL(join(root, path)).href,
);
writeFileSync(
  program,
  `import * as core from ${JSON.stringify(files[0])};
import { tryCore } from ${JSON.stringify(files[1])};
console.log(JSON.stringify(await tryCore(core, ${JSON.stringify(endpoint.url)})));
`,
);

/** Runs the program on a runtime that can run files. */
async function onCommand(command: string, ...words: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(command, [...words, program], { env: environment, timeout: 60_000 });
  return JSON.parse(stdout) as string[];
}

/** Runs the worker in workerd. */
async function onWorkerd(command: string): Promise<string[]> {
  const port = await freePort();
  const words = ["serve", writeWorker(root, folder, port)];
  const server = spawn(command, words, { env: environment, stdio: ["ignore", "ignore", "inherit"] });
  try {
    for (let left = 100; ; left--) {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/?endpoint=${endpoint.url}`);
        const text = await response.text();
        if (response.ok) return JSON.parse(text) as string[];
        throw new Error(text, { cause: response.status });
      } catch (error) {
        // The server does not listen yet.
        if (!(error instanceof TypeError) || left === 0 || server.exitCode !== null) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  } finally {
    server.kill();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const trials: [name: string, command: string | undefined, run: (command: string) => Promise<string[]>][] = [
  [`Node ${process.versions.node}`, process.execPath, (command) => onCommand(command)],
  ["Bun", bun, (command) => onCommand(command)],
  ["Deno with the network alone", deno, (command) => onCommand(command, "run", "--no-prompt", "--allow-net")],
  ["workerd", workerd, onWorkerd],
];

for (const [name, command, run] of trials) {
  if (command === undefined) {
    console.log(`${name}: skipped, it is not installed`);
    continue;
  }
  try {
    console.log(`${name}: ${(await run(command)).length} trials held`);
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
endpoint.close();
rmSync(folder, { recursive: true, force: true });
