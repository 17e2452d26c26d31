import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A file open in an editor; it need not exist on disk. */
export interface OpenFile {
  readonly path: string;
  readonly text: string;
}

/** TypeScript's language server, used as an editor uses it. */
export interface LanguageServer {
  /** The completions offered right behind `behind`. */
  completionsBehind(file: OpenFile, behind: string): Promise<string[]>;
  /** The hover text for the last character of `on`. */
  hoverOn(file: OpenFile, on: string): Promise<string>;
  /** The errors of the file. */
  errorsIn(file: OpenFile): Promise<string[]>;
  close(): void;
}

type Message = { id?: number; method?: string; result?: unknown; error?: { message: string } };

/** How many milliseconds an answer may take: a loaded machine is slow to read a project. */
const patience = 60_000;

/** Starts the language server of the TypeScript that is installed in a folder. */
export async function startLanguageServer(folder: string, environment: NodeJS.ProcessEnv): Promise<LanguageServer> {
  const server = spawn(join(folder, "node_modules/.bin/tsc"), ["--lsp", "--stdio"], {
    cwd: folder,
    env: environment,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const waiting = new Map<number, (message: Message) => void>();
  const opened = new Map<string, { text: string; version: number }>();
  let lastId = 0;
  let failure: Error | undefined;
  server.once("error", (error) => {
    failure = error;
    for (const answer of waiting.values()) answer({ error });
  });
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const ask = (method: string, params: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (failure) return reject(failure);
      const id = ++lastId;
      const timer = setTimeout(() => {
        reject(new Error(`The language server did not answer ${method} within ${patience / 1000} s.`));
      }, patience);
      waiting.set(id, ({ result, error }) => {
        clearTimeout(timer);
        waiting.delete(id);
        if (error) reject(new Error(error.message));
        else resolve(result);
      });
      send({ id, method, params });
    });
  server.stdout.on(
    "data",
    readMessages((message) => {
      // The server asks something itself; it continues without an answer.
      if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: null });
      else if (message.id !== undefined) waiting.get(message.id)?.(message);
    }),
  );
  const open = ({ path, text }: OpenFile): { uri: string } => {
    const uri = pathToFileURL(path).href;
    const before = opened.get(uri);
    const version = (before?.version ?? 0) + 1;
    if (!before) {
      const textDocument = { uri, languageId: "typescript", version, text };
      send({ method: "textDocument/didOpen", params: { textDocument } });
    } else if (before.text !== text) {
      send({
        method: "textDocument/didChange",
        params: { textDocument: { uri, version }, contentChanges: [{ text }] },
      });
    }
    opened.set(uri, { text, version });
    return { uri };
  };

  await ask("initialize", { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {} });
  send({ method: "initialized", params: {} });
  return {
    async completionsBehind(file, behind) {
      const params = { textDocument: open(file), position: positionBehind(file.text, behind) };
      const result = (await ask("textDocument/completion", params)) as { items?: Item[] } | Item[] | null;
      const items = Array.isArray(result) ? result : (result?.items ?? []);
      return items.map(({ label }) => label);
    },
    async hoverOn(file, on) {
      const { line, character } = positionBehind(file.text, on);
      const params = { textDocument: open(file), position: { line, character: character - 1 } };
      const result = (await ask("textDocument/hover", params)) as { contents: string | { value: string } } | null;
      const contents = result?.contents ?? "";
      return typeof contents === "string" ? contents : contents.value;
    },
    async errorsIn(file) {
      const result = (await ask("textDocument/diagnostic", { textDocument: open(file) })) as {
        items?: { message: string }[];
      } | null;
      return (result?.items ?? []).map(({ message }) => message);
    },
    close: () => void server.kill(),
  };
}

type Item = { readonly label: string };

function positionBehind(text: string, part: string): { line: number; character: number } {
  const start = text.indexOf(part);
  if (start < 0) throw new Error(`The file does not contain ${JSON.stringify(part)}.`);
  const lines = text.slice(0, start + part.length).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

/** Assembles messages from the pipe: a header with the length, then JSON. */
function readMessages(onMessage: (message: Message) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = rest.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, Math.max(0, head)).toString())?.[1]);
      if (head < 0 || rest.length < head + 4 + length) return;
      const message = JSON.parse(rest.subarray(head + 4, head + 4 + length).toString()) as Message;
      rest = rest.subarray(head + 4 + length);
      onMessage(message);
    }
  };
}
