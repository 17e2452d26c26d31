// The README's first command: scaffolds an adapter in this repository. `--help` lists its options.
import { fileURLToPath } from "node:url";

const program = "npx -y pnpm@12.21.0 scaffold";

// If CI is set, pnpm only warns when the install before a script fails, and still runs the script.
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
