import type { JsonObject } from "../json.ts";
import { createScrubber, type Scrub } from "../scrubber.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { checkBaseURL } from "../transport/check-base-url.ts";
import { urlSecrets } from "../transport/redact-headers.ts";
import { resolveKey } from "../transport/resolve-key.ts";
import { watchRequest } from "../transport/watch-request.ts";
import { createToolFetch } from "./create-tool-fetch.ts";
import type { Tool, ToolContext, ToolDefinition, ToolOptions, ToolSchema } from "./tool.ts";
import { toToolError } from "./to-tool-error.ts";

/** Makes a running tool from its definition alone. Errors are ProviderErrors without the key. */
export function createTool<Input, Output>(
  definition: ToolDefinition<Input, Output>,
  options: ToolOptions,
): Tool<Input, Output> {
  const { id, name, description, auth } = definition;
  const { timeout = 60_000, maxCharacters = 20_000 } = options;
  const givenURL = options.baseURL ?? definition.baseURL;
  const checkURL = (sendsSecret: boolean): string =>
    givenURL === undefined ? "" : checkBaseURL(definition, givenURL, { sendsSecret, refusesQuery: true });
  const isOptional = auth !== "none" && auth.optional === true;
  const baseURL = checkURL(auth !== "none" && !isOptional);
  // Looked up at each call, so that a test or a tracer may replace the global one.
  const send = options.fetch ?? ((url: string, init?: RequestInit) => globalThis.fetch(url, init));

  return {
    id,
    spec: { type: "function", function: { name, description, parameters: jsonSchema(definition.input, id) } },
    execute(input, callOptions) {
      return run(input, callOptions, (output) => output);
    },
    async call(argumentsText, callOptions) {
      return run(parseArguments(argumentsText), callOptions, (output, scrub) => {
        const text = scrub(definition.toText(output, { maxCharacters }));
        return text.length > maxCharacters ? `${text.slice(0, maxCharacters - 1)}…` : text;
      });
    },
  };

  async function run<Result>(
    input: unknown,
    { signal }: { signal?: AbortSignal } = {},
    finish: (output: Output, scrub: Scrub) => Result,
  ): Promise<Result> {
    const watch = watchRequest(id, signal, timeout, timeout);
    const origins = new Set<string>();
    let scrub: Scrub = (value) => value;
    try {
      const checked = await watch.race(validate(definition, input));
      const apiKey = auth === "none" ? undefined : await watch.race(resolveKey(definition, options.apiKey));
      scrub = createScrubber([...(apiKey === undefined ? [] : [apiKey]), ...(baseURL && urlSecrets(baseURL))]);
      // Whether an optional key goes out is known only now.
      if (isOptional && apiKey !== undefined) checkURL(true);
      const fetch = createToolFetch(send, { id, hasKey: apiKey !== undefined, origins, watch, scrub });
      const context: ToolContext = {
        signal: watch.signal,
        baseURL,
        fetch,
        ...(apiKey !== undefined && { apiKey }),
      };
      return finish(await watch.race(definition.execute(checked, context)), scrub);
    } catch (error) {
      throw watch.reason ?? (await toToolError(error, { id, origins, baseURL, scrub }));
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
