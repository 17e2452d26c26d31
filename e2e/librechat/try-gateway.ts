import assert from "node:assert/strict";
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@librechat/agents/langchain/messages";
import type { Definition } from "../../packages/core/src/index.ts";
import { modelInfo } from "../../packages/core/src/internal.ts";
import { describeGateway, readConfig, startGateway } from "../../packages/gateway/src/index.ts";
import { providers as adapters } from "../../packages/cli/src/providers.generated.ts";
import { toEndpoint } from "../../packages/librechat/src/index.ts";
import { sendableParameters } from "../../packages/librechat/src/endpoint/refused-parameters.ts";
import { startTwin, type Twin } from "../../packages/testing/src/index.ts";
import { runTurn, type Prepare } from "./engine.ts";

// The prompt that the engine sends.
const key = "test-key-of-an-end-to-end-run";
const prompt = "Use the get_weather tool for Oslo.";

/**
 * Runs the exported endpoint of a gateway through LibreChat's engine, over the strict twins of all providers: a tool, a title and
 * all sliders at each, a conversation across all of them, an error, and a dead first target.
 */
export async function tryGateway(prepare: Prepare): Promise<string[]> {
  const factories = await Promise.all(Object.values(adapters).map(async (load) => load()));
  const twins = new Map<string, Twin>();
  for (const { definition } of factories)
    twins.set(definition.id, await startTwin(definition, { apiKey: key, strictModels: true }));
  const places = factories.map(({ definition }) => {
    const to = `${definition.id}:${toolModel(definition)}`;
    return {
      name: definition.id,
      target: `{ to: "${to}", key: "${key}", baseURL: "${twins.get(definition.id)!.url}" }`,
    };
  });
  const dead = `{ to: "groq:openai/gpt-oss-120b", key: "${key}", baseURL: "http://127.0.0.1:4999/openai/v1" }`;
  const spare = `{ to: "openrouter:openai/gpt-oss-120b", key: "${key}", baseURL: "${twins.get("openrouter")!.url}" }`;
  const lines = [...places, { name: "fast", target: `${dead}, ${spare}` }].map(
    ({ name, target }) => `  ${name}: { targets: [${target}] }`,
  );
  const { config, problems } = await readConfig(`version: 1\nmodels:\n${lines.join("\n")}\n`, {});
  assert.ok(config, JSON.stringify(problems));
  const load = async (name: string) => factories.find(({ definition }) => definition.id === name)!;
  const gateway = await startGateway({ config, port: 0, load });
  try {
    const definition = await describeGateway(config, { load, baseURL: `${gateway.url}/v1` });
    const endpoint = toEndpoint(definition, { target: "0.8.8", keys: "env" });
    // Two of LibreChat's own switches use other routes; no parameter has to be dropped.
    assert.deepEqual(endpoint.dropParams, ["web_search", "useResponsesApi"]);
    const known = Object.keys(definition.models).filter((name) => definition.models[name]!.context !== undefined);
    assert.ok(known.length >= places.length, "every window is known, but that of a local model");
    assert.deepEqual(Object.keys(endpoint.tokenConfig ?? {}).sort(), known.sort(), "every known window is there");
    const history: BaseMessage[] = [];
    for (const { name } of places) {
      const thread = { endpoint, prepare };
      const turn = await runTurn({ ...thread, parameters: { model: name }, prompt, withTool: true, withTitle: true });
      assert.deepEqual(turn.toolInputs, [{ city: "Oslo" }], `${name}: the tool is called`);
      assert.match(turn.text, /12 degrees/, `${name}: the answer speaks of the tool's result`);
      assert.ok(turn.pieces > 1 && turn.title, `${name}: streamed, with a title`);
      if (turn.reasoning !== "") assert.match(turn.order, /^r+m+$/, `${name}: thoughts above the answer`);
      assert.equal(turn.usage.length, 2, `${name}: both calls are counted`);
      await runTurn({
        ...thread,
        parameters: { ...sendableParameters(name), model: name } as { model: string },
        prompt: "Hello",
      });

      // The conversation with the other providers, including their tool calls.
      const said = await runTurn({ ...thread, history, parameters: { model: name }, prompt: "Hello", withTool: true });
      assert.match(said.text, /You said: Hello$/, `${name} goes on with the others' conversation`);
      const id = `call_of_${name}`;
      history.push(
        new HumanMessage(prompt),
        new AIMessage({ content: "", tool_calls: [{ id, name: "get_weather", args: { city: "Oslo" } }] }),
        new ToolMessage({ content: "12 degrees", tool_call_id: id }),
        new AIMessage(turn.text),
      );
    }
    for (const [id, { requests }] of twins) {
      const refused = requests.filter(({ status }) => status !== 200).map(({ status, body }) => ({ status, body }));
      assert.deepEqual(refused, [], `${id} refused nothing`);
    }
    const thoughts = await runTurn({ endpoint, prepare, parameters: { model: "mistral" }, prompt: "Hello" });
    assert.match(thoughts.order, /^r+m+$/, "Mistral's thinking, which LibreChat drops without a gateway, is shown");
    const fast = await runTurn({ endpoint, prepare, parameters: { model: "fast" }, prompt: "Hello" });
    assert.match(fast.text, /^This is the twin of OpenRouter/, "the second target answers for the dead one");
    await assert.rejects(runTurn({ endpoint, prepare, parameters: { model: "no" }, prompt: "Hello" }), /no model "no"/);
  } finally {
    await gateway.close();
    for (const twin of twins.values()) await twin.close();
  }
  return [`Gateway: ${places.length} providers in one conversation, and a dead target`];
}

/** A model that calls tools, if possible one that also reasons. */
function toolModel(definition: Definition): string {
  const ids = Object.keys(definition.models).filter((id) => {
    const { features = [], retired } = modelInfo(definition, id) ?? {};
    return features.includes("tools") && !retired;
  });
  return ids.find((id) => modelInfo(definition, id)?.features?.includes("reasoning")) ?? ids[0]!;
}
