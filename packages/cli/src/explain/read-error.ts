/** What a person pasted, taken apart as far as it goes. */
export type ErrorInput = {
  readonly status?: number;
  /** The JSON in it, as text. */
  readonly body?: string;
  /** All of it. */
  readonly text: string;
};

/** From `422`, a JSON body, or a line of a log such as `422 {"message": …}` or `HTTP 429: Too Many Requests`. */
export function readError(input: string): ErrorInput {
  const text = input.trim();
  if (/^\d{3}$/.test(text)) return { status: Number(text), text };
  const body = findJson(text);
  const rest = body === undefined ? text : text.replace(body, " ");
  const status =
    /(?:^|\b(?:HTTP(?:\/\d(?:\.\d)?)?|status(?: code)?|error|code)[\s:=(]*)([45]\d\d)\b/i.exec(rest)?.[1] ??
    statusInside(body);
  return { ...(status !== undefined && { status: Number(status) }), ...(body !== undefined && { body }), text };
}

function findJson(text: string): string | undefined {
  const from = text.search(/[{[]/);
  const to = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  if (from < 0 || to < from) return undefined;
  const candidate = text.slice(from, to + 1);
  try {
    JSON.parse(candidate);
    return candidate;
  } catch {
    return undefined;
  }
}

function statusInside(body: string | undefined): string | undefined {
  return body && /"(?:code|status|status_code|statusCode)"\s*:\s*"?([45]\d\d)\b/.exec(body)?.[1];
}
