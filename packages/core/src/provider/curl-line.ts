import type { Prepared } from "./provider.ts";

/** A line for a POSIX shell. Only the key's variable is expanded there. */
export function curlLine({ url, headers, body, changes }: Omit<Prepared, "method">): string {
  // A caller chose the names of parameters: a line break in one would end the comment, and the rest would be run.
  const comments = changes.map(
    ({ action, parameter, reason, source }) => `# ${oneLine(`${action} ${parameter}: ${reason} ${source}`).trim()}\n`,
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
  return text.replaceAll(/[\s\p{Cc}]+/gu, " ");
}
