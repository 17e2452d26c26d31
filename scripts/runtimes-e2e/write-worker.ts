import { globSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Writes a workerd configuration that serves the trial on a port: core's built files, and a worker that runs the trial. */
export function writeWorker(root: string, folder: string, port: number): string {
  const dist = join(root, "packages/core/dist");
  const modules = globSync("**/*.js", { cwd: dist })
    .filter((path) => !/check\.js|schema/.test(path))
    .map((path) => [`core/${path}`, join(dist, path)]);
  modules.push(["try-core.js", join(root, "scripts/runtimes-e2e/try-core.js")]);
  const worker = join(folder, "worker.js");
  writeFileSync(
    worker,
    `import * as core from "core/index.js";
import { tryCore } from "try-core.js";
export default {
  async fetch(request) {
    try {
      return Response.json(await tryCore(core, new URL(request.url).searchParams.get("endpoint")));
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 });
    }
  },
};
`,
  );
  modules.unshift(["worker.js", worker]);
  // workerd would look for an absolute path among the imports.
  const listed = modules.map(([name, path]) => `(name = "${name}", esModule = embed "${relative(folder, path!)}")`);
  const configuration = join(folder, "worker.capnp");
  writeFileSync(
    configuration,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  compatibilityDate = "2026-11-01",
  modules = [
    ${listed.join(",\n    ")}
  ],
);
`,
  );
  return configuration;
}
