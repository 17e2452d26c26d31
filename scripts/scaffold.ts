// The README's first command: a new adapter in this repository. `--help` says what it takes.
import { fileURLToPath } from "node:url";

const program = "npx -y pnpm@12.21.0 scaffold";

// Where CI is set, pnpm only warns when an install before a script fails, and runs the script all the same.
const scaffolder = await import("../packages/create-llm-provider/src/index.ts").catch(
  (error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    console.error(
      "The packages of this repository are not installed. Run `npx -y pnpm@12.21.0 install` and see what it says.",
    );
    process.exit(1);
  },
);

process.exitCode = await scaffolder.main(process.argv.slice(2), {
  resources: scaffolder.resources(),
  inWorkspace: true,
  root: fileURLToPath(new URL("..", import.meta.url)),
  program,
  rerun: program,
  out: process.stdout,
  err: process.stderr,
  keyboard: process.stdin.isTTY,
  environment: process.env,
});
