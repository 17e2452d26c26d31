import type { TwinScenario } from "@llm-provider/testing";
import type { ChatRequest, Message } from "@llm-provider/core";
import type { ScriptedAnswer, Suite } from "../suite/suite.ts";

/** The scenarios of a twin that answers a suite's tasks for one model (`provider:model`). */
export function scriptTwin(suite: Suite, model: string): TwinScenario[] {
  return suite.tasks.flatMap(({ prompt, twin }) => {
    const own = twin.filter((answer) => answer.model === model);
    const answers = own.length > 0 ? own : twin.filter((answer) => answer.model === undefined);
    const when = ({ messages }: ChatRequest): boolean => textOf(messages.at(-1)) === prompt;
    return answers.map((answer, index) => ({
      when,
      ...(index < answers.length - 1 && { times: 1 }),
      ...toScenario(answer),
    }));
  });
}

function toScenario({ text, toolCalls, error, cutAt }: ScriptedAnswer): TwinScenario {
  const calls = toolCalls?.map((call, index) => ({
    id: `call_${index}`,
    name: call.name,
    arguments: JSON.stringify(call.arguments),
  }));
  return {
    ...(error && { error }),
    answer: { ...(text !== undefined && { text }), ...(calls && { toolCalls: calls }) },
    ...(cutAt !== undefined && { fault: { cutAt } }),
  };
}

function textOf(message: Message | undefined): string {
  const content = message?.content;
  if (typeof content === "string") return content;
  return (content ?? []).map((part) => (typeof part["text"] === "string" ? part["text"] : "")).join("");
}
