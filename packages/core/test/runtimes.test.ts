import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { acmeDefinition } from "./support/acme.ts";
import { completion, delta, done, finish, sse } from "./support/fake-fetch.ts";

// Core runs in its own process here, because removing or setting globals would harm the test runner.

const core = pathToFileURL(join(import.meta.dirname, "../src/index.ts")).href;
const { dialect: _dialect, ...facts } = acmeDefinition;
const answer = JSON.stringify(completion({ content: "Hi" }));

const prelude = `
  const { chatCompletions, defineProvider, ProviderError } = await import(${JSON.stringify(core)});
  const acme = defineProvider({ ...${JSON.stringify(facts)}, dialect: chatCompletions() });
  const hello = { model: "acme-2", messages: [{ role: "user", content: "Hello" }] };`;

/** Runs a program in a new Node process and returns its output, parsed as JSON. */
function run(program: string, environment: Record<string, string> = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const options = { env: { PATH: process.env["PATH"], ...environment }, timeout: 15_000 };
    const flags = [
      "--conditions=source",
      "--disable-warning=ExperimentalWarning",
      "--input-type=module",
      "-e",
      program,
    ];
    execFile(process.execPath, flags, options, (error, stdout) =>
      error ? reject(error) : resolve(JSON.parse(stdout)),
    );
  });
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A program that sends one request and prints its outcome. */
const ask = (baseURL: string) => `
  ${prelude}
  const outcome = await acme({ apiKey: "k", baseURL: ${JSON.stringify(baseURL)}, maxRetries: 0 }).chat(hello)
    .then(({ text }) => ({ text }), ({ code, message, hint }) => ({ code, message, hint }));
  console.log(JSON.stringify(outcome));`;

describe("a runtime with web globals but without Node's", () => {
  it("works without process, setImmediate and require", async () => {
    const stream = sse(delta({ content: "Hé" }), finish(), done);
    const outcome = await run(`
      const { log } = console;
      for (const name of ["process", "setImmediate", "clearImmediate", "global", "require"]) delete globalThis[name];
      ${prelude}
      const bodies = [${JSON.stringify(answer)}, ${JSON.stringify(stream)}];
      const fetch = async () => new Response(bodies.shift());
      const provider = acme({ apiKey: "k", fetch });
      const texts = [(await provider.chat(hello)).text];
      for await (const event of provider.stream(hello)) if (event.type === "text") texts.push(event.text);
      const { code } = await acme({ fetch }).chat(hello).catch((error) => error);
      log(JSON.stringify({ texts, code, process: typeof process }));`);
    expect(outcome).toEqual({ texts: ["Hi", "Hé"], code: "missing-key", process: "undefined" });
  });

  it("may deny access to its environment", async () => {
    const outcome = await run(`
      const { log } = console;
      ${prelude}
      const environment = process;
      Object.defineProperty(globalThis, "process", { value: { get env() { throw new Error("permission denied"); } } });
      const { code } = await acme().chat(hello).catch((error) => error);
      log(JSON.stringify({ code }));`);
    expect(outcome).toEqual({ code: "missing-key" });
  });
});

describe("a proxy", () => {
  it.skipIf(Number(process.versions.node.split(".")[0]) < 24)(
    "from the environment is used by Node 24 with NODE_USE_ENV_PROXY (skipped on older versions)",
    async () => {
      const endpoint = createServer((_, response) => void response.end(answer));
      const seen: string[] = [];
      const proxy = createServer((request, response) => {
        seen.push(`${request.method} ${request.url}`);
        response.end(answer);
      });
      proxy.on("connect", (request, socket) => {
        seen.push(`CONNECT ${request.url}`);
        const [host, port] = request.url!.split(":");
        const tunnel = connect(Number(port), host, () => {
          socket.write("HTTP/1.1 200 OK\r\n\r\n");
          tunnel.pipe(socket).pipe(tunnel);
        });
        for (const end of [tunnel, socket]) end.on("error", () => {});
      });
      const [port, proxyPort] = [await listen(endpoint), await listen(proxy)];
      const environment = { NODE_USE_ENV_PROXY: "1", HTTP_PROXY: `http://127.0.0.1:${proxyPort}` };
      expect(await run(ask(`http://127.0.0.1:${port}`), environment)).toEqual({ text: "Hi" });
      expect(seen).toHaveLength(1);
      expect(seen[0]).toContain(`127.0.0.1:${port}`);
      expect(await run(ask(`http://127.0.0.1:${port}`), { ...environment, NODE_USE_ENV_PROXY: "0" })).toEqual({
        text: "Hi",
      });
      expect(seen).toHaveLength(1);
      proxy.close();
      endpoint.close();
    },
  );
});

describe("a private certificate authority", () => {
  const folder = mkdtempSync(join(tmpdir(), "core-ca-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  let hasCertificate = true;
  try {
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-keyout", key, "-out", certificate, ...subject],
      { stdio: "ignore" },
    );
  } catch {
    hasCertificate = false;
  }

  it.skipIf(!hasCertificate)(
    "is accepted with NODE_EXTRA_CA_CERTS, as the error advises (skipped without openssl)",
    async () => {
      const server = createSecureServer(
        { key: readFileSync(key), cert: readFileSync(certificate) },
        (_, response) => void response.end(answer),
      );
      const port = await listen(server);
      const program = ask(`https://localhost:${port}`);
      expect(await run(program)).toMatchObject({
        code: "network",
        hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
      });
      expect(await run(program, { NODE_EXTRA_CA_CERTS: certificate })).toEqual({ text: "Hi" });
      server.close();
      rmSync(folder, { recursive: true });
    },
  );
});
