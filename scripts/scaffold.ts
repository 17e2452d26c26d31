// The README's first command: a new adapter in this repository. `--help` says what it takes.
import { fileURLToPath } from "node:url";
import { main, resources } from "../packages/create-llm-provider/src/index.ts";

const program = "npx -y pnpm@12.21.0 scaffold";

process.exitCode = await main(process.argv.slice(2), {
  resources: resources(),
  inWorkspace: true,
  root: fileURLToPath(new URL("..", import.meta.url)),
  program,
  rerun: program,
  out: process.stdout,
  err: process.stderr,
  keyboard: process.stdin.isTTY,
  environment: process.env,
});
