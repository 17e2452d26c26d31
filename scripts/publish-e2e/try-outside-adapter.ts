import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../scaffold-e2e/run-command.ts";
import { expect } from "./expect.ts";

/** One person scaffolds and publishes an adapter, and another uses it by name on the command line. */
export async function tryOutsideAdapter(
  folder: string,
  environment: NodeJS.ProcessEnv,
  npmrc: string,
  say: (text: string) => void,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const run = (at: string, ...words: string[]) => runCommand(words, { folder: at, environment, seconds: 240 });
  const scaffolded = await run(
    folder,
    "npx",
    "-y",
    "create-llm-provider@latest",
    "acme",
    "--base-url",
    "https://api.acme.ai/v1",
    "--models",
    "acme-1",
    "--json",
    "--no-git",
  );
  const { dir } = JSON.parse(scaffolded.out.slice(scaffolded.out.indexOf("{"))) as { dir: string };
  writeFileSync(join(dir, ".npmrc"), npmrc);
  await run(dir, "npm", "run", "build");
  await run(dir, "npm", "publish", "--provenance=false", "--loglevel=error", "--access=public");
  say("a scaffolded adapter is built and published");

  const user = join(folder, "user");
  mkdirSync(user);
  writeFileSync(join(user, "package.json"), JSON.stringify({ name: "user", private: true }));
  await run(user, "npm", "install", "--loglevel=error", "llm-provider", "llm-provider-acme");
  const { out, err } = await run(user, "npx", "llm-provider", "chat", "llm-provider-acme", "--twin", "Hello");
  expect(out.trim() !== "", "the command line chats through an adapter from outside");
  expect(
    err.includes("api.acme.ai") && err.includes("ACME_API_KEY"),
    "the command line first names the host and the key that it will use",
  );
  say("the command line uses it by name");
}
