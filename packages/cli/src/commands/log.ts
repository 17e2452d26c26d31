import type { RequestRecord } from "@llm-provider/gateway";
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

interface Options {
  readonly url: string;
  readonly json?: boolean;
}

const help = {
  description:
    "Prints the last requests that a running gateway keeps in its memory, the newest last: when, which client and model, the target that answered, status, time, tokens, and every failed attempt with its reason. Messages are not kept.\n\nWhere the gateway has clients, LLM_GATEWAY_KEY holds the key of one, who sees its own requests.",
  examples: ["llm-provider log", "llm-provider log --url http://127.0.0.1:4200", "llm-provider log --json"],
};

export function log(io: CommandIo, summary: string): Command {
  return createCommand("log", { summary, ...help }, io)
    .option("--url <url>", "Where the gateway is", "http://127.0.0.1:4100")
    .option("--json", "Print { requests } as JSON")
    .action(async ({ url, json }: Options) => {
      const requests = await fetchLog(url, io);
      if (json) io.out(`${toJson({ requests })}\n`);
      else if (requests.length === 0) io.out("The gateway has answered no request yet.\n");
      else io.out(requests.map((record) => describeRecord(record, io)).join(""));
    });
}

async function fetchLog(url: string, io: CommandIo): Promise<RequestRecord[]> {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (!base || !/^https?:$/.test(base.protocol))
    throw usageError("`--url` takes the address of a gateway, such as http://127.0.0.1:4100.");
  const key = io.env["LLM_GATEWAY_KEY"];
  const response = await fetch(new URL("/log", base), {
    signal: io.signal,
    redirect: "error",
    headers: key ? { authorization: `Bearer ${key}` } : {},
  }).catch(() => {
    throw new Error(
      `Nothing answers at ${base.origin}. Start a gateway with \`llm-provider gateway\`, or name its address with \`--url\`.`,
    );
  });
  if (response.status === 401)
    throw new Error("The gateway asks for a key. Set LLM_GATEWAY_KEY to the key of one of its clients.");
  const body = (await response.json().catch(() => undefined)) as { requests?: RequestRecord[] } | undefined;
  if (!response.ok || !Array.isArray(body?.requests))
    throw new Error(`What answers at ${base.origin} is not a gateway of this program.`);
  return body.requests;
}

/** A line for the request, and one for each attempt that failed. */
function describeRecord(record: RequestRecord, io: CommandIo): string {
  const { red, green, dim, yellow } = paint(io);
  const { time, client, model, target, status, firstContent, total, usage, dropped = [], error, attempts } = record;
  const mark =
    status === undefined ? yellow("running") : status < 400 && !error ? green(String(status)) : red(String(status));
  const parts = [
    `${client === undefined ? "" : `${client}: `}${model}${target === undefined ? "" : ` → ${target}`}`,
    ...(firstContent === undefined ? [] : [`first ${duration(firstContent)}`]),
    ...(total === undefined ? [] : [`total ${duration(total)}`]),
    ...(usage ? [`${usage.inputTokens} in`, `${usage.outputTokens} out`] : []),
    ...(usage?.cost === undefined ? [] : [dollars(usage.cost)]),
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
