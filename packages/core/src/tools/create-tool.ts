import { createScrubber } from "../scrubber.ts";
import type { JsonObject } from "../json.ts";
import { networkError } from "../transport/network-error.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { resolveKey } from "../transport/resolve-key.ts";
import type { Tool, ToolContext, ToolDefinition, ToolOptions, ToolSchema } from "./tool.ts";
import { watchRequest, abortedError } from "../transport/watch-request.ts";

/** What a run gave, and what takes the key out of a text. */
type Executed<Output> = { output: Output; scrub: <T>(value: T) => T };

/** A running tool, by its definition alone. Errors are ProviderErrors without the key. */
export function createTool<Input, Output>(
  definition: ToolDefinition<Input, Output>,
  options: ToolOptions,
): Tool<Input, Output> {
  const { id, name, description, auth } = definition;
  const { timeout = 60_000, maxCharacters = 20_000 } = options;

  return {
    id,
    spec: { type: "function", function: { name, description, parameters: jsonSchema(definition.input, id) } },
    async run(input, callOptions) {
      return (await execute(input, callOptions)).output;
    },
    async call(argumentsText, callOptions) {
      const { output, scrub } = await execute(parseArguments(argumentsText), callOptions);
      const text = scrub(definition.toText(output, { maxCharacters }));
      return text.length > maxCharacters ? `${text.slice(0, maxCharacters - 1)}…` : text;
    },
  };

  async function execute(input: unknown, { signal }: { signal?: AbortSignal } = {}): Promise<Executed<Output>> {
    if (signal?.aborted) throw abortedError(id);
    const checked = await validate(definition, input);
    const apiKey = auth === "none" ? undefined : await resolveKey(definition, options.apiKey);
    const scrub = createScrubber(apiKey === undefined ? [] : [apiKey]);
    const watch = watchRequest(id, signal, timeout, timeout);
    const fetch = options.fetch ?? ((url: string, init?: RequestInit) => globalThis.fetch(url, init));
    try {
      const context: ToolContext = {
        signal: watch.signal,
        fetch: (url, init) => fetch(url, { signal: watch.signal, ...init }),
        ...(apiKey !== undefined && { apiKey }),
      };
      return { output: await watch.race(definition.run(checked, context)), scrub };
    } catch (error) {
      throw watch.reason ?? asProviderError(error, scrub);
    } finally {
      watch.done();
    }
  }

  function parseArguments(text: string): unknown {
    if (text.trim() === "") return {};
    try {
      return JSON.parse(text);
    } catch {
      throw new ProviderError(`The arguments for ${name} are not JSON.`, {
        code: "tool-call-invalid",
        provider: id,
        hint: "Call the tool again with one JSON object.",
      });
    }
  }

  function asProviderError(error: unknown, scrub: <T>(value: T) => T): ProviderError {
    if (isNetworkFailure(error)) return networkError(id, "", definition.docs, error, scrub);
    if (!ProviderError.is(error)) {
      const message = error instanceof Error ? error.message : String(error);
      return new ProviderError(scrub(message), { code: "tool-call-invalid", provider: id });
    }
    const { code, status, requestId, retryable, retryAfter, hint, body, metadata, limits } = error;
    return new ProviderError(scrub(error.message), {
      code,
      provider: id,
      status,
      requestId,
      retryable,
      retryAfter,
      limits,
      hint: scrub(hint),
      body: scrub(body),
      metadata: scrub(metadata),
    });
  }
}

/** What fetch throws: a TypeError that has the socket's error as its cause, or one that says so. */
function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError && (error.cause !== undefined || /fetch|network|load failed/i.test(error.message));
}

async function validate<Input, Output>(definition: ToolDefinition<Input, Output>, input: unknown): Promise<Input> {
  const outcome = (await definition.input["~standard"].validate(input)) as {
    value?: Input;
    issues?: readonly { message: string; path?: readonly unknown[] }[];
  };
  if (!outcome.issues) return outcome.value as Input;
  const problems = outcome.issues.map(({ message, path }) =>
    path?.length ? `${path.map(pathKey).join(".")}: ${message}` : message,
  );
  throw new ProviderError(`The input of ${definition.name} does not fit: ${problems.join("; ")}`, {
    code: "tool-call-invalid",
    provider: definition.id,
    hint: "Correct these fields and call the tool again.",
  });
}

function pathKey(key: unknown): string {
  return String(typeof key === "object" && key !== null && "key" in key ? key.key : key);
}

/** A schema that can print itself does so through this method of the Standard JSON Schema interface. */
function jsonSchema(schema: ToolSchema<unknown>, id: string): JsonObject {
  const printer = (schema["~standard"] as { jsonSchema?: { input?: (options: { target: string }) => JsonObject } })
    .jsonSchema;
  if (!printer?.input)
    throw new TypeError(
      `The input schema of the tool ${id} cannot print itself as JSON Schema. Use zod 4.6 or newer, or any Standard Schema with \`~standard.jsonSchema\`.`,
    );
  return printer.input({ target: "draft-07" });
}
