import { randomInt } from "node:crypto";
import { request, type IncomingMessage } from "node:http";
import { text as readText } from "node:stream/consumers";
import { signToken } from "./sign-token.ts";

/** A response of the server. */
export interface Answer<Body = AnswerBody> {
  readonly status: number;
  readonly body: Body;
}

/** The body of every response except search results. */
export interface AnswerBody {
  readonly detail?: string;
  readonly status?: boolean | string;
  readonly known_type?: boolean;
  readonly text?: string;
  readonly message?: string;
}

/** A chunk as LibreChat reads it. */
export interface FoundDocument {
  readonly page_content: string;
  readonly metadata: { readonly source: string; readonly file_id: string; readonly page?: number };
}

/** The results of a search. */
export type Found = readonly (readonly [document: FoundDocument, distance: number])[];

/** A file that LibreChat has on disk. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly type?: string;
}

/** One result of LibreChat's `file_search`, as it cites it. */
export interface Source {
  readonly fileId: string;
  readonly fileName: string;
  readonly content: string;
  readonly relevance: number;
  readonly pages: readonly number[];
}

/**
 * Sends the requests that LibreChat sends for one user. Written after its sources VectorDB/crud.js, fileSearch.js,
 * createContextHandlers.js, files/text.ts, files/rag.ts and crypto/jwt.ts (read 2026-11-29).
 */
export function librechat(url: string, userId: string) {
  const authorization = (): { authorization: string } => ({ authorization: `Bearer ${signToken(userId)}` });

  async function upload(path: string, fields: Record<string, string>, file: UploadedFile): Promise<Answer> {
    const { headers, body } = formOf(fields, file);
    return send(url, "POST", path, { ...authorization(), accept: "application/json", ...headers }, body);
  }
  const query = (body: object): Promise<Answer<Found>> => json("POST", "/query", body);
  async function json<Body = AnswerBody>(method: string, path: string, body: object | string): Promise<Answer<Body>> {
    const headers = { ...authorization(), "content-type": "application/json", accept: "application/json" };
    return send(
      url,
      method,
      path,
      headers,
      [Buffer.from(typeof body === "string" ? body : JSON.stringify(body))],
      true,
    );
  }

  return {
    json,
    get: <Body = AnswerBody>(path: string): Promise<Answer<Body>> => send(url, "GET", path, authorization()),

    /** Uploads a file for file search. Returns what LibreChat stores about it, or the error that its user sees. */
    async uploadVectors(fileId: string, file: UploadedFile, entity?: string): Promise<{ embedded: boolean } | string> {
      const answer = await upload("/embed", { file_id: fileId, ...(entity && { entity_id: entity }) }, file);
      if (answer.status !== 200) return `Request failed with status code ${answer.status}`;
      if (answer.body.known_type === false)
        return `File embedding failed. The filetype ${file.type ?? ""} is not supported`;
      if (!answer.body.status) return "File embedding failed.";
      return { embedded: Boolean(answer.body.known_type) };
    },
    embed: (fileId: string, file: UploadedFile, entity?: string): Promise<Answer> =>
      upload("/embed", { file_id: fileId, ...(entity && { entity_id: entity }) }, file),

    /** The tool `file_search`: sends one request for each file, and returns the ten nearest chunks of all files. */
    async fileSearch(fileIds: readonly string[], question: string, entity?: string): Promise<Source[]> {
      const answers = await Promise.all(
        fileIds.map((file_id) => query({ file_id, query: question, k: 5, ...(entity && { entity_id: entity }) })),
      );
      return answers
        .flatMap(({ status, body }, at) =>
          status === 200
            ? body.map(([document, distance]) => ({
                fileId: fileIds[at]!,
                fileName: document.metadata.source.split("/").pop()!,
                content: document.page_content,
                relevance: 1 - distance,
                pages: document.metadata.page ? [document.metadata.page] : [],
              }))
            : [],
        )
        .sort((one, two) => two.relevance - one.relevance)
        .slice(0, 10);
    },
    query,

    /** The request for the whole text, with RAG_USE_FULL_CONTEXT. */
    fullContext: (fileId: string): Promise<Answer<string>> =>
      send(url, "GET", `/documents/${fileId}/context`, authorization()),

    /** Returns `undefined` where LibreChat would read the file itself. */
    async parseText(fileId: string, file: UploadedFile): Promise<string | undefined> {
      if ((await send(url, "GET", "/health", {})).status !== 200) return undefined;
      const { status, body } = await upload("/text", { file_id: fileId }, file);
      return status === 200 ? body.text : undefined;
    },

    /** Returns true where LibreChat would go on to delete its own record. */
    async deleteRagFile(fileId: string): Promise<boolean> {
      const { status } = await json("DELETE", "/documents", [fileId]);
      return status === 200 || status === 404;
    },
  };
}

/** A form in pieces and without its length, as the package `form-data` streams it for axios. */
function formOf(fields: Record<string, string>, { name, bytes, type = "application/octet-stream" }: UploadedFile) {
  const boundary = `--------------------------${String(randomInt(1e12)).padStart(12, "0")}${String(randomInt(1e12)).padStart(12, "0")}`;
  const { file_id, ...others } = fields;
  const field = ([key, value]: [string, string]): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: [
      Buffer.from(field(["file_id", file_id!]) + head),
      Buffer.from(bytes),
      Buffer.from(`\r\n${Object.entries(others).map(field).join("")}--${boundary}--\r\n`),
    ],
  };
}

async function send<Body = AnswerBody>(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: readonly Uint8Array[] = [],
  hasLength = false,
): Promise<Answer<Body>> {
  const length = body.reduce((sum, one) => sum + one.length, 0);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const call = request(`${url}${path}`, {
      method,
      headers: { ...headers, ...(hasLength && { "content-length": length }) },
    });
    call.on("response", resolve).on("error", reject);
    for (const piece of body) call.write(piece);
    call.end();
  });
  const text = await readText(response);
  return { status: response.statusCode!, body: JSON.parse(text) as Body };
}
