import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CustomParams } from "../../packages/librechat/src/librechat-endpoint.ts";
import type { Values } from "../../packages/librechat/src/simulate/client-options.ts";
import type { Prepare } from "./engine.ts";

type Config = (options: object) => { llmConfig: Values; tools: unknown[] };
type Defaults = (definitions: CustomParams["paramDefinitions"]) => Values | undefined;

/**
 * LibreChat's own preparation of a request, from a checkout of its sources, because no registry has that part. Its file is
 * bundled and run in memory, and never written.
 */
export async function prepareByLibreChat(sources: string): Promise<{ prepare: Prepare; version: string }> {
  const { build } = await import("esbuild");
  const api = join(sources, "packages/api/src");
  const { outputFiles } = await build({
    entryPoints: [join(api, "endpoints/openai/llm.ts")],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    alias: { "~": api },
    external: ["librechat-data-provider"],
    logLevel: "error",
  });
  const module = { exports: {} as { getOpenAILLMConfig: Config; extractDefaultParams: Defaults } };
  const require = createRequire(fileURLToPath(import.meta.url));
  // oxlint-disable-next-line eslint/no-new-func -- the bundle exists only in memory
  new Function("module", "exports", "require", outputFiles[0]!.text)(module, module.exports, require);
  const { getOpenAILLMConfig, extractDefaultParams } = module.exports;
  const { version } = JSON.parse(readFileSync(join(sources, "package.json"), "utf8")) as { version: string };

  const prepare: Prepare = (endpoint, parameters, client) => {
    const { addParams, dropParams, customParams } = endpoint;
    const useOpenRouter = client.isRouter;
    const defaults = extractDefaultParams(customParams?.paramDefinitions);
    const { llmConfig, tools } = getOpenAILLMConfig({
      apiKey: "test-key",
      streaming: true,
      endpoint: endpoint.name,
      baseURL: endpoint.baseURL,
      modelOptions: parameters,
      useOpenRouter,
      addParams,
      dropParams,
      reasoningFormat: customParams?.reasoningFormat,
      defaultParams: useOpenRouter ? { promptCache: true, ...defaults } : defaults,
    });
    return { options: llmConfig, tools: useOpenRouter ? [] : tools };
  };
  return { prepare, version };
}
