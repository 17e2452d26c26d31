import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export type Registry = {
  url: string;
  /** A line for `.npmrc` that lets npm publish: npm requires a token, and the registry accepts any. */ npmrc: string;
  stop(): void;
};

/** Starts Verdaccio on loopback. It serves our names only from its own storage, and everything else from `uplink`. */
export async function startRegistry(folder: string, uplink: string): Promise<Registry> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  mkdirSync(folder, { recursive: true });
  const own = { access: "$all", publish: "$anonymous", unpublish: "$anonymous" };
  const config = {
    storage: join(folder, "storage"),
    auth: { htpasswd: { file: join(folder, "htpasswd"), max_users: -1 } },
    uplinks: { up: { url: uplink, maxage: "60m", cache: true, timeout: "60s" } },
    packages: {
      "create-llm-provider": own,
      "llm-provider": own,
      "llm-provider-*": own,
      "llm-tool-*": own,
      "@llm-provider/*": own,
      "**": { access: "$all", proxy: "up" },
    },
    web: { enable: false },
    middlewares: {},
    log: { type: "file", path: join(folder, "verdaccio.log"), level: "warn" },
    max_body_size: "20mb",
  };
  // YAML includes JSON.
  writeFileSync(join(folder, "config.yaml"), JSON.stringify(config));
  const bin = fileURLToPath(new URL("../../e2e/node_modules/verdaccio/bin/verdaccio", import.meta.url));
  const child = spawn(
    process.execPath,
    [bin, "--config", join(folder, "config.yaml"), "--listen", `127.0.0.1:${port}`],
    { stdio: "ignore" },
  );
  const stop = () => void child.kill();
  process.once("exit", stop);
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null)
      throw new Error(`Verdaccio ended with ${child.exitCode}. See ${join(folder, "verdaccio.log")}.`);
    const answer = await fetch(`${url}-/ping`).catch(() => undefined);
    if (answer?.ok) return { url, npmrc: `registry=${url}\n//127.0.0.1:${port}/:_authToken=any\n`, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  stop();
  throw new Error("Verdaccio did not answer within 30 s.");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
