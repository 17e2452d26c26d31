import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { makeFolder } from "./make-folder.ts";
import { runCommand } from "./run-command.ts";

const root = join(import.meta.dirname, "../../..");
const example = join(root, "examples/gateway-cluster");
const read = (name: string): string => readFileSync(join(example, name), "utf8");
const compose = parse(read("compose.yaml"), { merge: true });
const keys = ["LIBRECHAT", "SCRIPTS", "PROMETHEUS"];
const env = Object.fromEntries(keys.map((name) => [`GATEWAY_KEY_${name}`, `key-of-${name.toLowerCase()}-0123456789`]));
const instances = ["gateway-1", "gateway-2", "gateway-3"];

test("the gateway of the example has no mistakes, and its compose file gives it every variable", async () => {
  const outcome = await runCommand(["gateway", "--config", join(example, "gateway.yaml"), "--check"], { env });
  expect(outcome).toMatchObject({ code: 0 });
  const wanted = (read("gateway.yaml") + outcome.err).matchAll(/\b[A-Z_]+_(?:API_)?KEY(?:_[A-Z]+)?\b/g);
  const names = [...new Set([...wanted].map(([name]) => name))].sort();
  for (const name of instances) expect(Object.keys(compose.services[name].environment).sort()).toEqual(names);
});

test("every instance of the compose file is reachable by its names, and reaches its Redis", () => {
  const { listen, store, clients } = parse(read("gateway.yaml"));
  for (const name of instances) {
    const { command, environment, depends_on: needs } = compose.services[name];
    expect(command.slice(0, 3)).toEqual(["--config", "/etc/gateway/gateway.yaml", "--allow-host"]);
    expect(command).toEqual(expect.arrayContaining(["gateway", ...instances]));
    expect(needs).toContain(new URL(store).hostname);
    const used = Object.values<{ key: string }>(clients).map(({ key }) => key.slice(2, -1));
    expect(Object.keys(environment)).toEqual(expect.arrayContaining(used));
  }
  expect(Object.keys(compose.services)).toEqual(
    expect.arrayContaining([...instances, "gateway", "redis", "prometheus"]),
  );
  const port = listen.split(":")[1];
  for (const name of instances) expect(read("nginx.conf")).toContain(`server ${name}:${port};`);
  const [job] = parse(read("prometheus.yml")).scrape_configs;
  expect(job.static_configs[0].targets).toEqual(instances.map((name) => `${name}:${port}`));
  // Prometheus reads /metrics, its default path, and sends a key.
  expect(job.metrics_path).toBeUndefined();
  expect(job.authorization.type).toBe("Bearer");
  expect(compose.services.prometheus.volumes.join()).toContain(job.authorization.credentials_file);
});

// The image cannot be built here, so the test checks the command that it runs.
test("the Dockerfile runs an existing command, without root, and passes signals to it", async () => {
  const file = read("Dockerfile");
  const json = (instruction: string): string[] =>
    JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, "m").exec(file)![1]!);
  const args = [...json("ENTRYPOINT").slice(1), ...json("CMD")].map((one) =>
    one === "/etc/gateway/gateway.yaml" ? join(example, "gateway.yaml") : one,
  );
  expect(await runCommand([...args, "--check"], { env })).toMatchObject({ code: 0 });
  expect(file).toMatch(/^USER node$/m);
  const { peerDependencies } = JSON.parse(readFileSync(join(root, "packages/gateway/package.json"), "utf8"));
  for (const name of Object.keys(peerDependencies)) expect(file).toContain(` ${name}`);
});

test("the gateway.yaml of the operator's page has no mistakes", async () => {
  const page = readFileSync(join(root, "docs/gateway-operation.md"), "utf8");
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);
  expect(blocks.length).toBe(1);
  const cwd = makeFolder();
  writeFileSync(join(cwd, "gateway.yaml"), blocks[0]!);
  expect(await runCommand(["gateway", "--config", "gateway.yaml", "--check"], { cwd, env })).toMatchObject({ code: 0 });
});
