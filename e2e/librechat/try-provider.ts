import assert from "node:assert/strict";
import type { Definition } from "../../packages/core/src/index.ts";
import { decide } from "../../packages/core/src/rules.ts";
import { modelInfo } from "../../packages/core/src/internal.ts";
import { startTwin } from "../../packages/testing/src/index.ts";
import { toEndpoint } from "../../packages/librechat/src/index.ts";
import { sendableParameters } from "../../packages/librechat/src/endpoint/refused-parameters.ts";
import type { LibreChatEndpoint } from "../../packages/librechat/src/librechat-endpoint.ts";
import { targets, type Target } from "../../packages/librechat/src/target.ts";
import { runTurn, type Prepare } from "./engine.ts";

const weather = { type: "function", function: { name: "get_weather", parameters: { type: "object" } } } as const;
const prompt = "Use the get_weather tool for Oslo.";

/**
 * Runs the exported endpoint through LibreChat's engine against the provider's strict twin: a streamed turn with a tool call,
 * usage and a title; then every model with every setting that a person can make.
 */
export async function tryProvider(definition: Definition, prepare: Prepare): Promise<string> {
  const count = { calls: 0, models: 0, thinking: 0 };
  for (const target of Object.keys(targets) as Target[]) {
    const twin = await startTwin(definition, { apiKey: "test-key", strictModels: true });
    try {
      const endpoint: LibreChatEndpoint = {
        ...toEndpoint(definition, { target, keys: "env" }),
        // LibreChat speaks only Chat Completions, so it talks to that API of a server with two.
        baseURL: twin.faces[0]?.url ?? twin.url,
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

      count.thinking += await tryThinking(definition, endpoint, prepare);
      const models = endpoint.models.default.map((model) => (typeof model === "string" ? model : model.name));
      for (const model of models) {
        const parameters = {
          ...sendableParameters(model),
          reasoning_effort: takenEffort(definition, model),
          web_search: webSearch(endpoint),
        };
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
  return `${definition.name}: ${count.calls} calls, ${count.models} models, none refused${count.thinking > 0 ? ", thoughts above the answer" : ""}`;
}

/** Checks that streamed thoughts arrive before the answer. Returns the number of models tried. */
async function tryThinking(definition: Definition, endpoint: LibreChatEndpoint, prepare: Prepare): Promise<number> {
  const model = Object.keys(definition.models).find((id) => {
    const { features = [], retired } = definition.models[id]!;
    return features.includes("reasoning") && !retired;
  });
  if (model === undefined) return 0;
  const answer = await fetch(`${endpoint.baseURL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer test-key" },
    body: JSON.stringify({ model, stream: true, messages: [{ role: "user", content: "Hello" }] }),
  });
  const sent = await answer.text();
  const turn = await runTurn({ endpoint, parameters: { model }, prompt: "Hello", prepare });
  if (/"type":\s*"thinking"/.test(sent)) {
    // LibreChat drops thoughts that arrive as parts of the content: docs/librechat-upstream-bugs.md.
    assert.equal(turn.reasoning, "", `${model} thinks in parts, which LibreChat drops`);
    return 0;
  }
  if (!/"reasoning(_content|_details)?":\s*["[]/.test(sent)) return 0;
  assert.match(turn.order, /^r+m+$/, `the thoughts of ${model} arrive, and before its answer`);
  return 1;
}

/** An effort of LibreChat's panel that the endpoint accepts for the model, because LibreChat cannot translate one. */
function takenEffort(definition: Definition, model: string): string | undefined {
  const tools = takesTools(definition, model) ? [weather] : undefined;
  return ["low", "medium", "high", "none"].find(
    (effort) =>
      !decide(definition, { model, messages: [], reasoning_effort: effort, ...(tools && { tools }) }).some(
        ({ endpoint }) => typeof endpoint !== "string",
      ),
  );
}

/** LibreChat's switch, if the export drops it: it must not reach the wire. Elsewhere it selects another API. */
function webSearch({ dropParams = [] }: LibreChatEndpoint): boolean {
  return dropParams.includes("web_search");
}

function takesTools(definition: Definition, model: string): boolean {
  return modelInfo(definition, model)?.features?.includes("tools") ?? true;
}
