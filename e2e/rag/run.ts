// LibreChat's requests to the file search, sent with LibreChat's packages: axios, form-data and jsonwebtoken. The server is
// `llm-provider rag` over a fake of Ollama; files come from disk, as LibreChat's do. Nothing leaves this machine.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axios, { type AxiosError } from "axios";
import FormData from "form-data";
import jwt from "jsonwebtoken";
import type { Found } from "../../packages/rag/test/support/librechat.ts";
import { writePdf } from "../../packages/rag/test/text/write-pdf.ts";

const secret = "canary-jwt-secret-5d8e1f407f3a9b2c";
const folder = mkdtempSync(join(tmpdir(), "e2e-rag-"));
const bin = join(import.meta.dirname, "../../packages/cli/dist/bin.js");
const child = spawn(process.execPath, [bin, "rag", "--twin", "--port", "0", "--data", "data"], {
  cwd: folder,
  env: { ...process.env, JWT_SECRET: secret },
  stdio: ["ignore", "pipe", "pipe"],
});
let log = "";
child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
const ended = new Promise<number | null>((resolve) => child.once("close", resolve));

try {
  const url = (
    await new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding("utf8").once("data", resolve);
      child.once("close", () => reject(new Error(log)));
    })
  ).trim();
  await tryAll(url);
  child.kill("SIGTERM");
  assert.equal(await ended, 0, log);
  assert.ok(!log.includes(secret));
  console.log("LibreChat's requests, sent by its own packages: uploads, text, search, context, deletion, refusals.");
} finally {
  child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

async function tryAll(url: string): Promise<void> {
  const token = (id: string, key = secret): string => jwt.sign({ id }, key, { expiresIn: "5m", algorithm: "HS256" });
  const authorized = (user: string): { Authorization: string } => ({ Authorization: `Bearer ${token(user)}` });
  const onDisk = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const upload = async (user: string, route: "embed" | "text", id: string, path: string, entity?: string) => {
    const form = new FormData();
    form.append("file_id", id);
    form.append("file", createReadStream(path));
    if (entity) form.append("entity_id", entity);
    if (route === "embed") form.append("storage_metadata", JSON.stringify({ source: "local" }));
    const headers = { ...authorized(user), accept: "application/json", ...form.getHeaders() };
    return (await axios.post(`${url}/${route}`, form, { headers })).data;
  };
  const query = async (user: string, body: object): Promise<Found> =>
    (await axios.post(`${url}/query`, body, { headers: { ...authorized(user), "Content-Type": "application/json" } }))
      .data;
  const statusOf = async (request: Promise<unknown>): Promise<number | undefined> =>
    request.then(
      () => assert.fail("The request was not refused."),
      (error: AxiosError) => error.response?.status,
    );

  assert.equal((await axios.get(`${url}/health`, { timeout: 10_000 })).statusText, "OK");

  const pdf = onDisk("contract.pdf", writePdf([["An introduction."], ["The notice period is three months."]]));
  const stored = await upload("ada", "embed", "f1", pdf);
  assert.deepEqual([stored.status, stored.known_type, stored.filename], [true, true, "contract.pdf"]);
  const agents = onDisk("handbook für alle.md", "# Handbook\n\nLunch is at noon.\n");
  assert.equal((await upload("ada", "embed", "f2", agents, "agent_1")).status, true);

  const found = await query("ada", { file_id: "f1", query: "How long is the notice period?", k: 5 });
  assert.deepEqual(found.map(([{ metadata }]) => metadata.page).sort(), [1, 2]);
  for (const [document, distance] of found) {
    assert.equal(document.metadata.source.split("/").pop(), "contract.pdf");
    assert.ok(Number.isFinite(1 - distance));
  }
  const shared = (await query("eve", { file_id: "f2", query: "lunch", k: 5, entity_id: "agent_1" }))[0]![0];
  assert.match(shared.page_content, /Lunch is at noon/);
  assert.equal(shared.metadata.source, "handbook für alle.md");
  assert.deepEqual(await query("eve", { file_id: "f1", query: "notice", k: 5, entity_id: "ada" }), []);

  const { text } = await upload("ada", "text", "f3", agents);
  assert.equal(text, "# Handbook\n\nLunch is at noon.\n");
  const context = await axios.get(`${url}/documents/f1/context`, { headers: authorized("ada") });
  assert.match(context.data, /^contract\.pdf\n\n# PAGE 1\n\nAn introduction\./);

  const archive = onDisk("slides.pptx", Buffer.from("504b0304", "hex"));
  assert.equal((await upload("ada", "embed", "f4", archive)).known_type, false);
  const broken = onDisk("broken.pdf", "%PDF-1.7 and nothing else");
  assert.equal(await statusOf(upload("ada", "embed", "f5", broken)), 422);

  const headers = { ...authorized("ada"), "Content-Type": "application/json", accept: "application/json" };
  assert.match((await axios.delete(`${url}/documents`, { headers, data: ["f1"] })).data.message, /1 file deleted/);
  assert.equal(await statusOf(axios.delete(`${url}/documents`, { headers, data: ["f1"] })), 404);
  assert.deepEqual(await query("ada", { file_id: "f1", query: "notice", k: 5 }), []);

  for (const wrong of [
    token("ada", "another-secret-entirely"),
    jwt.sign({ id: "ada" }, secret, { expiresIn: -1 }),
    "x.y.z",
  ])
    assert.equal(
      await statusOf(axios.post(`${url}/query`, {}, { headers: { Authorization: `Bearer ${wrong}` } })),
      401,
    );
}
