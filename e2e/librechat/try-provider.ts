import assert from "node:assert/strict";
import { modelInfo } from "../../packages/core/src/internal.ts";
import { startTwin } from "../../packages/testing/src/index.ts";
import { toEndpoint } from "../../packages/librechat/src/index.ts";
import { sendableParameters } from "../../packages/librechat/src/endpoint/sendable-parameters.ts";
import type { LibreChatEndpoint } from "../../packages/librechat/src/librechat-endpoint.ts";
import { targets, type Target } from "../../packages/librechat/src/target.ts";
import { runTurn, type Prepare } from "./engine.ts";
import type { providers } from "./providers.ts";

const prompt = "Use the get_weather tool for Oslo.";

/**
 * The exported endpoint through LibreChat's engine against the provider's twin, which refuses what the provider refuses: a
 * streamed turn with a tool call, usage and a title; then every model with everything that a person can set.
 */
export async function tryProvider({ definition, face }: (typeof providers)[number], prepare: Prepare): Promise<string> {
  const count = { calls: 0, models: 0 };
  for (const target of Object.keys(targets) as Target[]) {
    const twin = await startTwin(face ?? definition, { apiKey: "test-key", strictModels: true });
    try {
      const endpoint: LibreChatEndpoint = {
        ...toEndpoint(definition, { target, keys: "env" }),
        baseURL: twin.url,
      };
      const turn = await runTurn({
        endpoint,
        parameters: { model: definition.smallModel },
        prompt,
        prepare,
        withTool: true,
        withTitle: true,
      });
      assert.ok(turn.pieces > 1, "the answer is streamed");
      assert.deepEqual(turn.toolInputs[0], { city: "Oslo" }, "the tool is called");
      assert.match(turn.text, /12 degrees/, "the answer speaks of the tool's result");
      assert.equal(turn.usage.length, 2, "both calls are counted");
      for (const { input_tokens: input, output_tokens: output } of turn.usage) {
        assert.ok(input! > 0 && output! > 0, "tokens are counted");
      }
      assert.ok(turn.title, "the conversation gets a title");

      const models = endpoint.models.default.map((model) => (typeof model === "string" ? model : model.name));
      for (const model of models) {
        const parameters = { ...sendableParameters(model), reasoning_effort: "low", web_search: webSearch(endpoint) };
        await runTurn({ endpoint, parameters, prompt, prepare, withTool: takesTools(definition, model) });
      }
      const refused = twin.requests.filter(({ status }) => status !== 200);
      assert.deepEqual(
        refused.map(({ status, body }) => ({ status, body })),
        [],
        "nothing is refused",
      );
      count.calls += twin.requests.length;
      count.models = models.length;
    } finally {
      await twin.close();
    }
  }
  return `${definition.name}: ${count.calls} calls, ${count.models} models, none refused`;
}

/** LibreChat's switch, where the export drops it: it must not reach the wire. Elsewhere it leads to other faces. */
function webSearch({ dropParams = [] }: LibreChatEndpoint): boolean {
  return dropParams.includes("web_search");
}

function takesTools(definition: (typeof providers)[number]["definition"], model: string): boolean {
  return modelInfo(definition, model)?.features?.includes("tools") ?? true;
}
