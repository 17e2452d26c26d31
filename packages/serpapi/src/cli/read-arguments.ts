import { parseArgs } from "node:util";

const commands = ["mcp", "searxng", "librechat", "account", "twin"] as const;

export type Command = (typeof commands)[number];

export type Options = {
  help: boolean;
  http: boolean;
  port?: number;
  host?: string;
  allowedHosts: string[];
  tokenFile?: string;
  keyFile?: string;
  engine?: string;
  url?: string;
  searxngUrl?: string;
};

/** What was asked for. Throws a sentence that repeats no value: one of them may be a key that was put there by mistake. */
export function readArguments(argv: readonly string[]): { command: Command; options: Options } {
  const secret = argv.find((one) => /^--?(api-?key|key|token|secret)(=|$)/i.test(one));
  if (secret !== undefined)
    throw new Error(
      "A key is never an argument: other processes and the shell's history can read it. Set SERPAPI_API_KEY, or use --token-file and --key-file.",
    );
  const { values, positionals } = parse(argv);
  const [name = "mcp", ...more] = positionals;
  const command = commands.find((one) => one === name);
  if (!command || more.length > 0)
    throw new Error(`There is no such command. There are: ${commands.slice(1).join(", ")}; see --help.`);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new Error("--port takes a number from 0 to 65535.");
  return {
    command,
    options: {
      help: values.help ?? false,
      http: values.http ?? false,
      port,
      host: values.host,
      allowedHosts: values["allow-host"] ?? [],
      tokenFile: values["token-file"],
      keyFile: values["key-file"],
      engine: values.engine,
      url: values.url,
      searxngUrl: values["searxng-url"],
    },
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        http: { type: "boolean" },
        port: { type: "string" },
        host: { type: "string" },
        "allow-host": { type: "string", multiple: true },
        "token-file": { type: "string" },
        "key-file": { type: "string" },
        engine: { type: "string" },
        url: { type: "string" },
        "searxng-url": { type: "string" },
      },
    });
  } catch {
    throw new Error("An option is unknown, or its value is missing; see --help.");
  }
}
