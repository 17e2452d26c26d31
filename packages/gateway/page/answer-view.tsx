import type { VNode } from "preact";
import type { InspectedRequest } from "../src/inspector/inspected-request.ts";
import { JsonText } from "./json-text.tsx";
import { LongText } from "./long-text.tsx";

/** The parsed answer: reasoning, text, and tool calls with their arguments. */
export function AnswerView({ request: { answer, row } }: { request: InspectedRequest }): VNode {
  if (!answer || !(answer.text || answer.reasoning || answer.toolCalls.length > 0))
    return <p class="empty">{row.status === undefined ? "Nothing came yet." : "No text came."}</p>;
  return (
    <div class="answer">
      {answer.reasoning && (
        <details class="reasoning" open={!answer.text}>
          <summary>Reasoning</summary>
          <LongText text={answer.reasoning} />
        </details>
      )}
      {answer.text && (
        <div role="group" aria-label="Text">
          <LongText text={answer.text} />
        </div>
      )}
      {answer.toolCalls.map(({ id, name, arguments: written, parsed }, index) => (
        <div key={index} class="tool-call" role="group" aria-label={`Tool call ${name}`}>
          <h2>
            <span class="pill tool">tool</span> {name} <small>{id}</small>
          </h2>
          {parsed === undefined ? (
            <>
              <p class="failure">The arguments are not valid JSON.</p>
              <pre>{written}</pre>
            </>
          ) : (
            <pre>
              <JsonText text={JSON.stringify(parsed, null, 2)} />
            </pre>
          )}
        </div>
      ))}
      {answer.isCut && <p class="note">The answer is longer than what was kept.</p>}
    </div>
  );
}
