import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";

type Measuring = {
  folder: string;
  node: string;
  machine: (name: string, node: string) => NodeJS.ProcessEnv;
  say: (text: string) => void;
};

const acme = ["acme", "--base-url", "https://api.acme.ai/v1"];
const rounds = 5;

/** Times our scaffolder and create-vite in turn, each from an empty cache, and prints medians. The registry is warm by then. */
export async function measure({ folder, node, machine, say }: Measuring): Promise<void> {
  const toFiles = {
    "create-vite": ["npx", "-y", "create-vite@9.3.0", "app", "--template", "vanilla-ts", "--no-interactive"],
    "create-llm-provider": ["npx", "-y", "create-llm-provider@latest", ...acme, "--no-install", "--no-git"],
  };
  const toGreen = {
    npm: ["npx", "-y", "create-llm-provider@latest", ...acme, "--yes"],
    pnpm: ["pnpm", "create", "llm-provider@latest", ...acme, "--yes"],
  };
  for (const [title, commands, times] of [
    ["cold command to files", toFiles, rounds],
    ["cold command to first green test", toGreen, 3],
  ] as const) {
    const seconds: { [name: string]: number[] } = {};
    for (let round = 0; round <= times; round++) {
      for (const [name, words] of Object.entries(commands)) {
        const machineName = `measure-${title.length}-${name}-${round}`;
        const at = join(folder, machineName);
        mkdirSync(at);
        const ran = await runCommand(words, { folder: at, environment: machine(machineName, node), seconds: 300 });
        // The first round warms the registry.
        if (round > 0) (seconds[name] ??= []).push(ran.seconds);
      }
    }
    for (const [name, all] of Object.entries(seconds)) {
      const sorted = all.toSorted((a, b) => a - b);
      say(
        `${title}, ${name}: median ${sorted[Math.floor(sorted.length / 2)]!.toFixed(2)} s of ${sorted.map((one) => one.toFixed(2)).join(", ")}`,
      );
    }
  }
}
