import { createServer, type IncomingMessage } from "node:http";
import type { JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import { createCheck, listen } from "@llm-provider/server";
import { answerGraphql } from "./answer-graphql.ts";
import { answerSearch } from "./answer-rest.ts";
import { TwinCollection, type TwinCollectionOptions, type TwinObject, type TwinProperty } from "./twin-collection.ts";
import { TwinRefusal } from "./twin-refusal.ts";

export interface WeaviateTwinOptions {
  /** Collections by name: their objects, or a description with objects. `POST /v1/schema` and loading objects create further ones. */
  readonly collections?: { readonly [name: string]: readonly TwinObject[] | TwinCollectionOptions };
  /** The only key that the twin accepts. @default no key is needed, as on a local Weaviate */
  readonly apiKey?: string;
  /** @default a free port */
  readonly port?: number;
  /** @default "1.39.7" */
  readonly version?: string;
  /** `false` imitates a server before 1.39. @default true */
  readonly restSearch?: boolean;
  /** `false` imitates a new cluster of Weaviate Cloud. @default true */
  readonly graphql?: boolean;
  /** Replaces a vectorizer module: makes the vectors of queries, and of objects that have none. @default none */
  readonly vectorize?: (text: string) => readonly number[];
  /** Scripts an answer. `undefined` leaves it to the twin, `"hang"` never answers. */
  readonly answer?: (request: TwinRequest) => TwinReply | "hang" | undefined;
}

/** A request that the twin received, without its headers and therefore without the key. */
export interface TwinRequest {
  readonly method: string;
  readonly path: string;
  readonly body: JsonObject;
}

/** A response of the twin: a status, and an object to send as JSON or a text to send unchanged. */
export interface TwinReply {
  readonly status: number;
  readonly body: object | string;
  readonly headers?: { readonly [name: string]: string };
}

export interface WeaviateTwin {
  /** For the option `baseURL` of `weaviate()`. */
  readonly url: string;
  /** The last 200 requests. */
  readonly requests: readonly TwinRequest[];
  close(): Promise<void>;
}

/** The most bytes of a request. */
const longestBody = 16 * 1024 * 1024;

/** How many requests are kept. */
const mostRequests = 200;

/**
 * Starts a fake Weaviate on loopback that needs no installation. It has a real BM25 search, cosine distance over given vectors and the
 * fusion of both, behind the schema, batch, REST search and GraphQL routes that a search needs. It keeps everything in memory.
 */
export async function startWeaviateTwin(options: WeaviateTwinOptions = {}): Promise<WeaviateTwin> {
  const { apiKey, port, vectorize } = options;
  const requests: TwinRequest[] = [];
  const collections = new Map<string, TwinCollection>();
  for (const [name, given] of Object.entries(options.collections ?? {})) {
    const description = Array.isArray(given)
      ? { objects: given as readonly TwinObject[] }
      : (given as TwinCollectionOptions);
    collections.set(name, new TwinCollection(name, description, vectorize));
  }
  const check = createCheck();

  const server = createServer((request, response) => {
    const send = ({ status, body, headers }: TwinReply): void => {
      // The recorder recognizes a twin by this header, and refuses to record it as a real server.
      response.writeHead(status, { "content-type": "application/json", server: "llm-provider-twin", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    };
    const { pathname: path } = new URL(request.url ?? "/", "http://localhost");
    // A web page must not fill the list of requests.
    const refused = check((name) => String(request.headers[name] ?? "") || undefined, path).refusal;
    if (refused) return send({ status: refused.status, body: { code: refused.status, message: refused.message } });
    readBody(request)
      .then((body) => {
        const asked = { method: request.method ?? "GET", path, body };
        requests.push(asked);
        if (requests.length > mostRequests) requests.shift();
        const scripted = options.answer?.(asked);
        if (scripted !== "hang") send(scripted ?? reply(asked, request.headers.authorization));
      })
      // A value of an invalid type, a `vectorize` that throws, or a client that disconnected.
      .catch((error: unknown) => send({ status: 500, body: { error: [{ message: String(error) }] } }));
  });
  const { url, close } = await listen(server, { port });
  return { url, requests, close };

  function reply(request: TwinRequest, authorization: string | undefined): TwinReply {
    if (/^\/v1\/\.well-known\/(ready|live)$/.test(request.path)) return { status: 200, body: "" };
    const shown = /^Bearer (.+)$/.exec(authorization ?? "")?.[1];
    if (apiKey !== undefined && shown !== apiKey)
      return {
        status: 401,
        body: {
          code: 401,
          message:
            shown === undefined
              ? "anonymous access not enabled. Please authenticate through one of the available methods: [API-keys]"
              : "unauthorized: invalid api key",
        },
      };
    try {
      const body = route(request);
      return body === undefined
        ? { status: 404, body: { code: 404, message: `path ${request.path} was not found` } }
        : { status: 200, body };
    } catch (error) {
      if (!(error instanceof TwinRefusal)) throw error;
      return { status: error.status, body: { error: [{ message: error.message }] } };
    }
  }

  function route({ method, path, body }: TwinRequest): object | string | undefined {
    const [, version, area, ...rest] = path.split("/");
    const what = `${method} /${version}/${area}`;
    if (what === "GET /v1/meta") return { hostname: url, version: options.version ?? "1.39.7", modules: {} };
    if (what === "GET /v1/schema") return readSchema(rest[0]);
    if (what === "POST /v1/schema" && rest.length === 0) return addCollection(body).toSchema();
    if (what === "POST /v1/objects") return addObject(body);
    if (what === "POST /v1/batch" && rest[0] === "objects")
      return ((body["objects"] ?? []) as JsonObject[]).map(addInBatch);
    if (what === "POST /v1/graphql") {
      if (options.graphql === false) throw new TwinRefusal(422, "graphql api is disabled");
      return answerGraphql(body, collections);
    }
    const [name = "", kind] = rest;
    if (what === "POST /v1/search" && options.restSearch !== false && (kind === "bm25" || kind === "hybrid"))
      return answerSearch(body, kind, name, collections);
    return undefined;
  }

  function readSchema(name: string | undefined): object {
    if (name === undefined) return { classes: [...collections.values()].map((one) => one.toSchema()) };
    const collection = collections.get(name);
    if (!collection) throw new TwinRefusal(404, `class ${name} not found`);
    return collection.toSchema();
  }

  function addCollection(schema: JsonObject): TwinCollection {
    const name = String(schema["class"]);
    if (collections.has(name)) throw new TwinRefusal(422, `class name ${name} already exists`);
    const collection = new TwinCollection(
      name,
      {
        properties: (schema["properties"] ?? []) as unknown as readonly TwinProperty[],
        hasTenants: readPath(schema, "multiTenancyConfig.enabled") === true,
        ...(typeof schema["vectorizer"] === "string" && { vectorizer: schema["vectorizer"] }),
      },
      vectorize,
    );
    collections.set(name, collection);
    return collection;
  }

  function addObject(object: JsonObject): object {
    const name = String(object["class"]);
    const tenant = object["tenant"] as string | undefined;
    const collection =
      collections.get(name) ?? addCollection({ class: name, multiTenancyConfig: { enabled: tenant !== undefined } });
    const { class: _, ...stored } = object;
    const id = collection.add({ properties: {}, ...stored } as TwinObject);
    return { ...object, id };
  }

  /** A failed object does not end a batch: the answer reports on each object. */
  function addInBatch(object: JsonObject): object {
    try {
      return { ...addObject(object), result: { status: "SUCCESS" } };
    } catch (error) {
      if (!(error instanceof TwinRefusal)) throw error;
      return { ...object, result: { status: "FAILED", errors: { error: [{ message: error.message }] } } };
    }
  }
}

async function readBody(request: IncomingMessage): Promise<JsonObject> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > longestBody) return {};
    pieces.push(piece);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(pieces).toString("utf8"));
    return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as JsonObject) : {};
  } catch {
    return {};
  }
}
