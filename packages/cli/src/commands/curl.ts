import type { Prepared } from "@llm-provider/core";
import type { Command } from "../command.ts";
import { openProvider, providerOptions } from "../open-provider.ts";
import { readPrompt } from "../read-prompt.ts";
import { readRequest, requestOptions } from "../read-request.ts";
import { usageError } from "../usage-error.ts";

export const curl: Command = {
  summary: "Print the exact request as a curl line",
  usage: "curl <provider>[:<model>] [prompt] [options]",
  description:
    "Nothing is sent and the key is not read: its place is taken by the environment variable. What was changed in the request stands above the line as comments, each with its source.",
  options: {
    ...requestOptions,
    ...providerOptions,
    stream: { type: "boolean", description: "The request of a stream" },
    postman: { type: "boolean", description: "Print a Postman collection instead" },
    json: { type: "boolean", description: "Print the request as JSON: url, headers, body, changes" },
  },
  examples: [
    'llm-provider curl groq "Hello" -p logit_bias=\'{"1":2}\'',
    'llm-provider curl mistral "Hello" --stream | sh',
    'llm-provider curl deepseek "Hello" --postman > deepseek.json',
  ],
  async run(values, [target, ...words], io) {
    if (target === undefined) throw usageError('Which provider? Such as `llm-provider curl groq "Hello"`.');
    const { provider, definition, model, close } = await openProvider(target, values, io);
    await close();
    const request = readRequest(
      model,
      words.length === 0 && !io.hasInput ? "Hello" : await readPrompt(words, io),
      values,
    );
    const prepared = provider.prepare(values["stream"] ? { ...request, stream: true } : request);
    if (values["json"]) io.out(`${JSON.stringify(prepared, null, 2)}\n`);
    else if (values["postman"]) io.out(`${JSON.stringify(postman(prepared, definition.name), null, 2)}\n`);
    else io.out(curlLine(prepared));
    return 0;
  },
};

/** A line for a POSIX shell. Only the key's variable is expanded there. */
function curlLine({ url, headers, body, changes }: Prepared): string {
  const comments = changes.map(
    ({ action, parameter, reason, source }) =>
      `# ${action} ${parameter}: ${oneLine(reason)}${source ? ` ${source}` : ""}\n`,
  );
  const flags = Object.entries(headers).map(([name, value]) => `  -H ${quoteHeader(`${name}: ${value}`)}`);
  const isStream = body["stream"] === true ? " -N" : "";
  return `${comments.join("")}curl${isStream} ${quote(url)} \\\n${[...flags, `  -d ${quote(JSON.stringify(body))}`].join(" \\\n")}\n`;
}

/** Inside double quotes the shell expands variables: right for the key, so everything else in there is escaped. */
function quoteHeader(text: string): string {
  const variable = /^([\w-]+: (?:\S+ )?)\$([A-Z][A-Z0-9_]*)$/.exec(text);
  return variable ? `"${variable[1]!.replaceAll(/["`\\$]/g, "\\$&")}$${variable[2]}"` : quote(text);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

function postman({ url, headers, body, changes }: Prepared, name: string): object {
  const { protocol, host, pathname } = new URL(url);
  return {
    info: { name: `${name} chat`, schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
    item: [
      {
        name: String(body["model"]),
        request: {
          method: "POST",
          description: changes
            .map(({ action, parameter, reason, source }) => `${action} ${parameter}: ${reason} ${source}`)
            .join("\n"),
          header: Object.entries(headers).map(([key, value]) => ({
            key,
            value: value.replace(/\$([A-Z][A-Z0-9_]*)$/, "{{$1}}"),
          })),
          url: { raw: url, protocol: protocol.slice(0, -1), host: [host], path: pathname.split("/").filter(Boolean) },
          body: { mode: "raw", raw: JSON.stringify(body, null, 2), options: { raw: { language: "json" } } },
        },
      },
    ],
  };
}
