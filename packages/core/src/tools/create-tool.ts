import { createScrubber } from "../create-scrubber.ts";
import type { JsonObject } from "../json.ts";
import { networkError } from "../transport/network-error.ts";
import { ProviderError } from "../errors/provider-error.ts";
import type { Tool, ToolDefinition, ToolOptions, ToolSchema } from "./tool.ts";
import { watchRequest, abortedError } from "../transport/watch-request.ts";

/** A running tool, by its definition alone. Errors are ProviderErrors without the key. */
export function createTool<Input, Output>(
  definition: ToolDefinition<Input, Output>,
  options: ToolOptions,
): Tool<Input, Output> {
  const { id, name, description, auth } = definition;
  const { timeout = 60_000, maxCharacters = 20_000 } = options;
  const run: Tool<Input, Output>["run"] = async (input, { signal } = {}) => {
    if (signal?.aborted) throw abortedError(id);
    const checked = await validate(definition, input);
    const apiKey = await resolveToolKey();
    const scrub = createScrubber(apiKey === undefined ? [] : [apiKey]);
    const watch = watchRequest(id, signal, timeout, timeout);
    const fetch = options.fetch ?? ((url: string, init?: RequestInit) => globalThis.fetch(url, init));
    try {
      return await watch.race(
        definition.run(checked, {
          signal: watch.signal,
          fetch: (url, init) => fetch(url, { signal: watch.signal, ...init }),
          ...(apiKey !== undefined && { apiKey }),
        }),
      );
    } catch (error) {
      throw watch.reason ?? asProviderError(error, scrub);
    } finally {
      watch.done();
    }
  };

  return {
    id,
    spec: { type: "function", function: { name, description, parameters: jsonSchema(definition.input, id) } },
    run,
    async call(argumentsText, callOptions) {
      const text = definition.toText(await run(parseArguments(argumentsText), callOptions), { maxCharacters });
      return text.length > maxCharacters ? `${text.slice(0, maxCharacters - 1)}…` : text;
    },
  };

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

  async function resolveToolKey(): Promise<string | undefined> {
    if (auth === "none") return undefined;
    const environment = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env;
    const key =
      (typeof options.apiKey === "function" ? await options.apiKey() : options.apiKey) ?? environment?.[auth.env];
    if (key) return key;
    throw new ProviderError(`${name} needs a key, and none was given.`, {
      code: "missing-key",
      provider: id,
      hint: `Set the environment variable ${auth.env}, or pass \`apiKey\`. Make a key at ${auth.page}`,
    });
  }

  function asProviderError(error: unknown, scrub: <T>(value: T) => T): ProviderError {
    if (!ProviderError.is(error)) return networkError(id, "", definition.docs, error, scrub);
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
