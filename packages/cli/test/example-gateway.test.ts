import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { makeFolder } from "./make-folder.ts";
import { canary, runCommand } from "./run-command.ts";

const example = join(import.meta.dirname, "../../../examples/gateway");
const bin = join(import.meta.dirname, "../src/bin.ts");
const read = (name: string): string => readFileSync(join(example, name), "utf8");
const env = { GATEWAY_KEY_LIBRECHAT: canary };
const compose = parse(read("compose.yaml"));

test("the gateway of the example has no mistakes, and its compose file gives it every variable", async () => {
  const outcome = await runCommand(["gateway", "--config", join(example, "gateway.yaml"), "--check"], { env });
  expect(outcome).toMatchObject({ code: 0 });
  const wanted = [...(read("gateway.yaml") + outcome.err).matchAll(/\b[A-Z_]+_(?:API_)?KEY(?:_[A-Z]+)?\b/g)].map(
    ([name]) => name,
  );
  expect(Object.keys(compose.services.gateway.environment).sort()).toEqual([...new Set(wanted)].sort());
});

test("the example's entry equals that of `librechat add gateway`, and the doctor finds nothing", async () => {
  const cwd = makeFolder();
  copyFileSync(join(example, "gateway.yaml"), join(cwd, "gateway.yaml"));
  expect(await runCommand(["librechat", "add", "gateway"], { cwd })).toMatchObject({ code: 0 });
  expect(parse(read("librechat.yaml"))).toEqual(parse(readFileSync(join(cwd, "librechat.yaml"), "utf8")));
  const doctor = await runCommand(["librechat", "doctor", join(example, "librechat.yaml")], { env });
  expect(doctor).toMatchObject({ code: 0, out: expect.stringMatching(/^No problems found in /) });
});

test("LibreChat reaches the gateway by the name and the port of the compose file", { timeout: 20_000 }, async () => {
  const command: string = compose.services.gateway.command;
  const args = command.slice(command.indexOf(" gateway ") + 1).split(" ");
  expect(args.slice(0, 3)).toEqual(["gateway", "--config", "/etc/gateway/gateway.yaml"]);
  const here = args.with(2, join(example, "gateway.yaml"));
  const gateway = spawn(
    process.execPath,
    ["--conditions=source", bin, ...here, "--twin", "--host", "127.0.0.1", "--port", "0"],
    { env: { PATH: process.env["PATH"], ...env } },
  );
  onTestFinished(() => void gateway.kill());
  const [line] = (await once(gateway.stdout, "data")) as [Buffer];
  const { origin } = new URL(String(line).trim());
  const { host, pathname } = new URL(parse(read("librechat.yaml")).endpoints.custom[0].baseURL);
  expect(`0.0.0.0:${host.split(":")[1]}`).toBe(parse(read("gateway.yaml")).listen);
  expect(compose.services.gateway.ports).toEqual([`127.0.0.1:${host.split(":")[1]}:${host.split(":")[1]}`]);
  const status = (name: string, key = canary): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { host: name, authorization: `Bearer ${key}` };
      request(`${origin}${pathname}/models`, { headers }, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
  expect(await status(host)).toBe(200);
  // With `clients`, the key decides and not the host's name.
  expect(await status(host, "a-wrong-key-0123456789")).toBe(401);
});
