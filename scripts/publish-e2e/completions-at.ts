import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

type Answer = { id?: number; result?: { items?: { label: string }[] } | { label: string }[] };

/** What TypeScript's language server offers behind a text of a file, as an editor would ask it. */
export function completionsAt(
  folder: string,
  file: string,
  text: string,
  behind: string,
  environment: NodeJS.ProcessEnv,
): Promise<string[]> {
  const server = spawn(join(folder, "node_modules/.bin/tsc"), ["--lsp", "--stdio"], {
    cwd: folder,
    env: environment,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const uri = pathToFileURL(file).href;
  const before = text.slice(0, text.indexOf(behind) + behind.length).split("\n");
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => end(() => reject(new Error("The language server did not answer within 60 s."))),
      60_000,
    );
    const end = (then: () => void): void => {
      clearTimeout(timer);
      server.kill();
      then();
    };
    let rest = Buffer.alloc(0);
    server.once("error", (error) => end(() => reject(error)));
    server.stdout.on("data", (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        const head = rest.indexOf("\r\n\r\n");
        const length = Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, Math.max(0, head)).toString())?.[1]);
        if (head < 0 || rest.length < head + 4 + length) return;
        const message = JSON.parse(rest.subarray(head + 4, head + 4 + length).toString()) as Answer & {
          method?: string;
        };
        rest = rest.subarray(head + 4 + length);
        // A question of the server's own; it goes on without what it asks for.
        if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: null });
        else if (message.id === 1) {
          send({ method: "initialized", params: {} });
          send({
            method: "textDocument/didOpen",
            params: { textDocument: { uri, languageId: "typescript", version: 1, text } },
          });
          send({
            id: 2,
            method: "textDocument/completion",
            params: { textDocument: { uri }, position: { line: before.length - 1, character: before.at(-1)!.length } },
          });
        } else if (message.id === 2) {
          const items = Array.isArray(message.result) ? message.result : (message.result?.items ?? []);
          end(() => resolve(items.map(({ label }) => label)));
        }
      }
    });
    send({
      id: 1,
      method: "initialize",
      params: { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {} },
    });
  });
}
