import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";

/** Packs every package as for npm, and publishes the tarballs. Returns file name → bytes. */
export async function publishWorkspace(
  root: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
  pnpm: readonly string[],
): Promise<Map<string, number>> {
  await runCommand([...pnpm, "-r", "--filter", "./packages/*", "pack", "--pack-destination", folder], {
    folder: root,
    environment: process.env,
  });
  const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  const waiting = [...tarballs];
  const publish = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      await runCommand(["npm", "publish", join(folder, name), "--provenance=false", "--loglevel=error"], {
        folder,
        environment,
      });
    }
  };
  await Promise.all([publish(), publish(), publish()]);
  return new Map(tarballs.map((name) => [name, statSync(join(folder, name)).size]));
}
