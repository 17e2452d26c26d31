import type { InspectedRequest, InspectorRow } from "@llm-provider/gateway";
import {
  type CommandIo,
  createCommand,
  dollars,
  duration,
  paint,
  toJson,
  usageError,
} from "@llm-provider/testing/command";
import type { Command } from "commander";
import { describeRequest } from "../inspect/describe-request.ts";
import { inspectorTokenVariable } from "../inspect/inspector-options.ts";

interface Options {
  readonly url: string;
  readonly json?: boolean;
}

const help = {
  description:
    "Prints the last requests that a running gateway keeps in its memory, the newest last: when, which client and model, the target that answered, status, time, tokens, and every failed attempt with its reason. With the id of one, or its beginning, all that the page at /inspector shows of it: what was changed and why, every attempt, the answer, the stream over time, a curl line.\n\nA list of requests has no messages and needs no secret. For one request, set LLM_INSPECTOR_TOKEN, 16 characters or more, where the gateway runs and here. Where the gateway has clients, LLM_GATEWAY_KEY contains the key of one: it sees the list of its own requests, and with `inspect: true` in the file every request.",
  examples: [
    "llm-provider log",
    "llm-provider log req_5a0c",
    "llm-provider log --url http://127.0.0.1:4200",
    "llm-provider log --json",
  ],
};

export function log(io: CommandIo, summary: string): Command {
  return createCommand("log", { summary, ...help }, io)
    .usage("[id] [options]")
    .argument("[id]")
    .option("--url <url>", "Where the gateway is", "http://127.0.0.1:4100")
    .option("--json", "Print { requests }, or the request, as JSON")
    .action(async (id: string | undefined, { url, json }: Options) => {
      const gateway = new LoggedGateway(url, io);
      const requests = await gateway.rows();
      if (id !== undefined) {
        const request = await gateway.find(idIn(requests, id));
        io.out(json ? `${toJson(request)}\n` : describeRequest(request, io));
      } else if (json) io.out(`${toJson({ requests })}\n`);
      else if (requests.length === 0) io.out("The gateway has answered no request yet.\n");
      else io.out(requests.map((row) => describeRow(row, io)).join(""));
    });
}

/** The whole id that a person began to write. One that is not in the list may still be known to the gateway. */
function idIn(rows: readonly InspectorRow[], given: string): string {
  const meant = rows.filter(({ id }) => id.startsWith(given));
  if (meant.length > 1 && !meant.some(({ id }) => id === given))
    throw usageError(`${meant.length} requests begin with ${given}. Write more of the id.`);
  return meant.length === 1 ? meant[0]!.id : given;
}

/** A running gateway, asked over HTTP. */
class LoggedGateway {
  readonly #base: URL;
  readonly #io: CommandIo;

  constructor(url: string, io: CommandIo) {
    const base = URL.canParse(url) ? new URL(url) : undefined;
    if (!base || !/^https?:$/.test(base.protocol))
      throw usageError("`--url` takes the address of a gateway, such as http://127.0.0.1:4100.");
    this.#base = base;
    this.#io = io;
  }

  async rows(): Promise<InspectorRow[]> {
    const response = await this.#get("/log", this.#io.env["LLM_GATEWAY_KEY"]);
    if (response.status === 401)
      throw new Error("The gateway asks for a key. Set LLM_GATEWAY_KEY to the key of one of its clients.");
    const body = (await readJson(response)) as { requests?: InspectorRow[] } | undefined;
    if (!response.ok || !Array.isArray(body?.requests)) throw this.#notOurs();
    return body.requests;
  }

  async find(id: string): Promise<InspectedRequest> {
    const { env } = this.#io;
    const secret = env["LLM_GATEWAY_KEY"] || env[inspectorTokenVariable];
    const response = await this.#get(`/inspector/api/requests/${encodeURIComponent(id)}`, secret);
    if (response.status === 401)
      throw new Error(
        `The gateway shows a whole request only to those who may inspect. Set ${inspectorTokenVariable} to the same secret where it runs and here; where it has clients, set LLM_GATEWAY_KEY to the key of one with \`inspect: true\`.`,
      );
    const body = (await readJson(response)) as (InspectedRequest & { error?: { message?: unknown } }) | undefined;
    if (typeof body?.error?.message === "string") throw new Error(body.error.message);
    if (!response.ok || body?.version !== 1) throw this.#notOurs();
    return body;
  }

  #get(path: string, secret: string | undefined): Promise<Response> {
    return fetch(new URL(path, this.#base), {
      signal: this.#io.signal,
      redirect: "error",
      headers: secret ? { authorization: `Bearer ${secret}` } : {},
    }).catch(() => {
      throw new Error(
        `Nothing answers at ${this.#base.origin}. Start a gateway with \`llm-provider gateway\`, or name its address with \`--url\`.`,
      );
    });
  }

  #notOurs(): Error {
    return new Error(`What answers at ${this.#base.origin} is not a gateway of this program.`);
  }
}

function readJson(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}

/** A line for the request, and one for each attempt that failed. */
function describeRow(row: InspectorRow, io: CommandIo): string {
  const { red, green, dim, yellow } = paint(io);
  const { id, time, client, model, target, status, firstContent, total, usage, cost, attempts } = row;
  const { dropped = [], error, tokensPerSecond, cache, replayOf } = row;
  const mark =
    status === undefined ? yellow("running") : status < 400 && !error ? green(String(status)) : red(String(status));
  const parts = [
    `${client === undefined ? "" : `${client}: `}${model}${target === undefined ? "" : ` → ${target}`}`,
    ...(firstContent === undefined ? [] : [`first ${duration(firstContent)}`]),
    ...(total === undefined ? [] : [`total ${duration(total)}`]),
    ...(usage ? [`${usage.inputTokens} in`, `${usage.outputTokens} out`] : []),
    ...(tokensPerSecond === undefined ? [] : [`${Math.round(tokensPerSecond)} tokens/s`]),
    ...(cost === undefined || !usage ? [] : [dollars(cost)]),
    ...(cache === "hit" ? ["from the cache"] : []),
    ...(replayOf === undefined ? [] : [`again ${replayOf}`]),
    dim(id),
  ];
  const lines = [`${dim(time)} ${mark} ${parts.join(" · ")}`];
  for (const { target: tried, code, status: theirs, message, ms } of attempts)
    if (code)
      lines.push(
        `  ${yellow("left")} ${tried} after ${duration(ms)}: ${code}${theirs ? ` (HTTP ${theirs})` : ""} ${message ?? ""}`,
      );
  if (error) lines.push(`  ${red(error.code)} ${error.message}${error.hint ? ` ${error.hint}` : ""}`);
  for (const one of dropped) lines.push(`  ${dim("dropped")} ${one}`);
  return `${lines.join("\n")}\n`;
}
