// No static imports: an old Node must print this sentence before it fails on an import.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`create-llm-provider needs Node 20.19 or newer, and this is Node ${process.versions.node}.`);
  process.exit(1);
}

// A reader that stops early, such as `head`, is not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const { main, resources } = await import("./index.ts");
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
