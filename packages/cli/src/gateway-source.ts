import { dirname, resolve } from "node:path";
import type { ProviderFactory, ProviderOptions } from "@llm-provider/core";
import { isLoopback } from "@llm-provider/core/internal";
import type * as Gateway from "@llm-provider/gateway";
import type { ConfigProblem, GatewayConfig, LoadProblem, LoadProvider, ReadConfig } from "@llm-provider/gateway";
import type { Twin } from "@llm-provider/testing";
import { loadProvider, usageError } from "@llm-provider/testing/command";
import type { CliIo } from "./cli-io.ts";
import { startTwinOf } from "./open-provider.ts";

/** The source of a gateway's configuration. */
interface Place {
  /** The file as the person named it. @default the providers on the command line */
  readonly file: string | undefined;
  readonly names: readonly string[];
  /** Every provider is a fake one. */
  readonly isTwin: boolean;
  /** Is a variable that is not set a mistake? */
  readonly needsKeys: boolean;
}

/** The configuration of a gateway, read again on every request, and the providers that it names. */
export class GatewaySource {
  readonly #gateway: typeof Gateway;
  readonly #place: Place;
  readonly #io: CliIo;
  readonly #twins = new Map<string, Promise<Twin>>();
  #read: (ReadConfig & { text: string }) | undefined;

  constructor(gateway: typeof Gateway, place: Place, io: CliIo) {
    this.#gateway = gateway;
    this.#place = place;
    this.#io = io;
  }

  /**
   * The current configuration.
   * @throws A sentence with exit code 2 that lists every mistake.
   */
  async read(): Promise<GatewayConfig> {
    const { file, names } = this.#place;
    if (file === undefined) return this.#gateway.configOfProviders(names, this.load);
    this.#read = await this.#gateway.readConfigFile(this.#path(file), file, this.#variables()).catch((error: Error) => {
      throw usageError(error.message);
    });
    if (this.#read.config) return this.#read.config;
    throw this.#mistakes(this.#read.problems);
  }

  /** The name of the variable, if a text of the file is only a variable. */
  variableAt(path: Gateway.ConfigPath): string | undefined {
    return this.#read?.variableAt(path);
  }

  /** Has the text of the file changed since it was last read? */
  async hasChanged(): Promise<boolean> {
    const { file } = this.#place;
    if (file === undefined) return false;
    const before = this.#read?.text;
    const { text } = await this.#gateway.readConfigFile(this.#path(file), file, {});
    return text !== before;
  }

  /** The mistakes that only loading reveals, as a sentence with exit code 2. */
  toError(problems: readonly LoadProblem[]): Error {
    const locate = this.#read?.locate ?? (() => ({ line: 1, column: 1 }));
    return this.#mistakes(problems.map(({ path, message }) => ({ ...locate(path), message })));
  }

  /** Finds a provider; a path begins at the folder of the file. */
  readonly load: LoadProvider = async (name) => {
    const { file, isTwin } = this.#place;
    const { cwd, err, providers } = this.#io;
    const base = file === undefined ? cwd : dirname(this.#path(file));
    const factory = await loadProvider(name, { cwd: base, err }, providers);
    return isTwin ? this.#twinOf(name, factory) : factory;
  };

  /** Calls `onChange` whenever the file may have changed, until the returned function is called. */
  watch(onChange: () => void): () => void {
    const { file } = this.#place;
    if (file === undefined) return () => {};
    try {
      return this.#gateway.watchConfig(this.#path(file), onChange);
    } catch (error) {
      this.#io.err(`warning ${file} cannot be watched (${(error as Error).message}): restart after a change.\n`);
      return () => {};
    }
  }

  /** Stops the twins. */
  async close(): Promise<void> {
    await Promise.all([...this.#twins.values()].map(async (twin) => (await twin).close()));
  }

  async #twinOf(name: string, factory: ProviderFactory): Promise<ProviderFactory> {
    if (!this.#twins.has(name)) this.#twins.set(name, startTwinOf(factory.definition));
    const { url } = await this.#twins.get(name)!;
    const fake = (options: ProviderOptions = {}) => {
      // A target's own address on this machine stays: a wrong one simulates a dead server.
      const { baseURL } = options;
      const isHere = baseURL !== undefined && isLoopback(new URL(baseURL).hostname);
      return factory({ ...options, baseURL: isHere ? baseURL : url, apiKey: "any-key-will-do" });
    };
    return Object.assign(fake, { definition: factory.definition });
  }

  #path(file: string): string {
    return resolve(this.#io.cwd, file);
  }

  /** Fakes and mere checks of a file need no key, so no variable has to be set. */
  #variables(): CliIo["env"] {
    if (this.#place.needsKeys) return this.#io.env;
    return new Proxy(this.#io.env, { get: (env, name: string) => env[name] ?? `https://unset.invalid/${name}` });
  }

  #mistakes(problems: readonly ConfigProblem[]): Error {
    const { file = "the command line" } = this.#place;
    const lines = problems.map(({ line, column, message }) => `  ${file}:${line}:${column} ${message}`);
    const count = problems.length === 1 ? "A mistake" : `${problems.length} mistakes`;
    return usageError(`${count} in ${file}:\n${lines.join("\n")}`);
  }
}
