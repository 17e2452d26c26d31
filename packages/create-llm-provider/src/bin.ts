import { main } from "./main.ts";
import { resources } from "./resources.ts";

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const carried = resources();
process.exitCode = await main(process.argv.slice(2), {
  resources: carried,
  inWorkspace: false,
  root: process.cwd(),
  out: process.stdout,
  err: process.stderr,
  keyboard: process.stdin.isTTY,
  environment: process.env,
  program: "npx create-llm-provider",
  rerun: `npx create-llm-provider@${carried.versions["create-llm-provider"]}`,
});
