import { isLoopback } from "@llm-provider/core/internal";
import { serveApp, type RunningServer, type ServerOptions } from "@llm-provider/server";
import { toErrorBody } from "../answer/to-error.ts";
import { AnswerCache } from "../cache/answer-cache.ts";
import type { GatewayConfig } from "../config/config.ts";
import { RequestLog } from "../log/request-log.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { openStore } from "../store/open-store.ts";
import { AuthorMemory } from "../target/author-memory.ts";
import { loadModels, type Kept, type LoadProblem, type LoadProvider } from "../target/load-models.ts";
import { createApp } from "./create-app.ts";
import { openInspector, type GatewayInspector, type OpenInspector } from "./open-inspector.ts";
import { observeRequests } from "./observe-requests.ts";
import type { GatewayState } from "./gateway-state.ts";
import { refusal } from "./read-request.ts";

/** Bytes of a request. It is high, since conversations can contain images. */
const largestBody = 32 * 1024 * 1024;
/** The port if neither options nor configuration set one. */
export const defaultPort = 4100;

/** Options of `startGateway`. */
export interface GatewayOptions extends Pick<ServerOptions, "host" | "port" | "allowedHosts"> {
  readonly config: GatewayConfig;
  /** Loads the providers that the configuration names. */
  readonly load: LoadProvider;
  /**
   * The environment variables, used to warn about missing keys.
   * @default none: no warning
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * Gets a line of JSON for each finished request, unless the configuration says `log: none`.
   * @default none
   */
  readonly writeLine?: (line: string) => void;
  /**
   * Gets warnings for the operator.
   * @default none
   */
  readonly warn?: (sentence: string) => void;
  /**
   * Options of the page at `/inspector`, which shows the last requests with their bodies. `false` turns it off.
   * @default on if the configuration lets anybody inspect
   */
  readonly inspector?: GatewayInspector | false;
}

/** A running gateway. */
export interface RunningGateway extends RunningServer {
  readonly log: RequestLog;
  /**
   * Serves new requests with another configuration. Running requests keep theirs. If the configuration has mistakes, it returns
   * them and keeps the old one.
   */
  change(config: GatewayConfig): Promise<readonly LoadProblem[]>;
}

/** The configuration cannot be used; `problems` says why. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly LoadProblem[];

  constructor(problems: readonly LoadProblem[]) {
    super(problems.map(({ message }) => message).join(" "));
    this.problems = problems;
  }
}

/**
 * Starts a gateway.
 * @throws ConfigError if a target cannot be loaded or the address is refused; Error if the port cannot be bound.
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const kept = { health: new Map(), authors: new AuthorMemory() };
  const log = new RequestLog();
  const { host, port } = addressOf(options);
  const store = await openStore(options.config, options.warn ?? (() => {}));
  const stored = { store, cache: new AnswerCache(store) };
  const metrics = observeRequests(log, () => state, options.writeLine);
  let state: GatewayState;
  let server: RunningServer;
  let inspector: OpenInspector | undefined;
  try {
    inspector = openInspector({
      ...(options.inspector || undefined),
      current: () => state,
      secrets: () => secretsOf(state, options),
      host,
      allowedHosts: options.allowedHosts ?? [],
      warn: options.warn ?? (() => {}),
    });
    state = await prepare(options, options.config, kept, log, stored, inspector);
    server = await serveApp(
      createApp(() => state, metrics, inspector.app),
      {
        host,
        port,
        allowedHosts: options.allowedHosts ?? [],
        token: () => tokensOf(state.config),
        tokenIsEnough: true,
        // The inspector checks its own sessions.
        publicPaths: ["/health", "/inspector", "/inspector/"],
        maxBody: largestBody,
        timeout: 0,
        toErrorBody: refusalBody,
      },
    );
  } catch (error) {
    await Promise.all([store.close(), inspector?.close()]);
    throw error;
  }
  const opened = inspector;
  opened.begin(server.url);
  return {
    ...server,
    log,
    async close(how) {
      opened.leave();
      await server.close(how);
      // Requests that were cut off are charged a moment later.
      await log.quiet(1000);
      await Promise.all([store.close(), opened.close()]);
    },
    async change(next) {
      try {
        const { listen, store: before } = state.config;
        state = await prepare(options, next, kept, log, stored, opened);
        if (next.listen !== listen) state.warn("The address to listen on has changed. Restart the gateway to use it.");
        if (next.store.url !== before.url) state.warn("The store has changed. Restart the gateway to use it.");
        const served = new Set(
          [...state.models.values()].flatMap(({ targets }) => targets.map(({ health }) => health)),
        );
        for (const [id, { health }] of kept.health) {
          if (served.has(health)) health.forgive(next.health);
          else kept.health.delete(id);
        }
        return [];
      } catch (error) {
        if (error instanceof ConfigError) return error.problems;
        throw error;
      }
    },
  };
}

/**
 * Checks whether a gateway would start, with the same warnings, but binds no port.
 * @throws ConfigError if it would not.
 */
export async function checkGateway(options: GatewayOptions): Promise<void> {
  const store = new MemoryStore();
  const stored = { store, cache: new AnswerCache(store) };
  await prepare(options, options.config, { health: new Map(), authors: new AuthorMemory() }, new RequestLog(), stored);
}

type Stored = Pick<GatewayState, "store" | "cache">;

async function prepare(
  options: GatewayOptions,
  config: GatewayConfig,
  kept: Kept,
  log: RequestLog,
  { store, cache }: Stored,
  inspector?: OpenInspector,
): Promise<GatewayState> {
  const { load, env, warn = () => {} } = options;
  const { host } = addressOf(options);
  if (!isLoopback(host) && config.clients === undefined)
    throw new ConfigError([
      {
        path: ["listen"],
        message: `Binding ${host} would let the network use this gateway and its keys. Add \`clients\`, each with a key, or listen on 127.0.0.1.`,
      },
    ]);
  const { models, problems } = await loadModels(config, load, kept, env);
  const mistakes = problems.filter(({ isWarning }) => !isWarning);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  for (const { message } of problems) warn(message);
  const ring = options.inspector === false ? undefined : inspector?.ringFor(config);
  return { config, models, log, authors: kept.authors, store, cache, warn, ...(ring && { ring }) };
}

/** The secrets that the inspector must not show: the keys of all clients and targets. */
function secretsOf({ config, models }: GatewayState, { env = {} }: GatewayOptions): string[] {
  const given = Object.values(config.models).flatMap(({ targets }) => targets.flatMap(({ key }) => key ?? []));
  const named = [...models.values()].flatMap(({ targets }) =>
    targets.flatMap(({ definition: { auth } }) => (auth === "none" ? [] : (env[auth.env] ?? []))),
  );
  const clients = Object.values(config.clients ?? {}).map(({ key }) => key);
  return [...new Set([...clients, ...given, ...named])];
}

/** The address to listen on. Options override the configuration. */
function addressOf({ host, port, config: { listen } }: GatewayOptions): { host: string; port: number } {
  const [, listenHost = "127.0.0.1", listenPort = String(defaultPort)] = /^(.*):(\d+)$/.exec(listen ?? "") ?? [];
  return { host: host ?? listenHost, port: port ?? Number(listenPort) };
}

function tokensOf({ clients }: GatewayConfig): Record<string, string> | undefined {
  return clients && Object.fromEntries(Object.entries(clients).map(([name, { key }]) => [name, key]));
}

/** The body of errors that the server returns before any route runs, in the format of all other errors. */
function refusalBody(message: string, status: number): object {
  const { error } = toErrorBody(refusal(message, hints[status] ?? "", codes[status]), []);
  return { error: status === 404 ? { ...error, code: "unknown_url" } : error };
}

const codes: { readonly [status: number]: Parameters<typeof refusal>[2] } = {
  401: "invalid-key",
  403: "forbidden",
  404: "not-found",
  500: "server",
};
const hints: { readonly [status: number]: string } = {
  401: "Send the key of a client of this gateway as `Authorization: Bearer …`.",
  404: "The routes are POST /v1/chat/completions, POST /v1/embeddings, GET /v1/models, GET /health, GET /metrics, GET /log and GET /inspector.",
  413: "Send fewer or smaller images.",
};
