import type { VNode } from "preact";
import type { InspectedExplanation } from "../src/inspector/inspected-request.ts";
import { CopyButton } from "./copy-button.tsx";
import { Prose } from "./prose.tsx";
import { SourceLink } from "./source-link.tsx";

/** The cause of an error, the evidence, and how to fix it. */
export function ExplanationView({ explanation }: { explanation: InspectedExplanation }): VNode {
  const { cause, evidence, fix, librechat } = explanation;
  return (
    <div class="explanation" role="group" aria-label="Explanation">
      <p class="cause">
        <Prose text={cause} />
      </p>
      {fix.length > 0 && (
        <>
          <h2 class="minor">What helps</h2>
          <ul>
            {fix.map((line) => (
              <li key={line}>
                <Prose text={line} />
              </li>
            ))}
          </ul>
        </>
      )}
      {librechat && (
        <>
          <h2 class="minor">
            In librechat.yaml <CopyButton text={librechat} name="Copy" />
          </h2>
          <pre>{librechat}</pre>
        </>
      )}
      {evidence.length > 0 && (
        <>
          <h2 class="minor">What says so</h2>
          <ul>
            {evidence.map(({ text, source }, index) => (
              <li key={index}>
                <Prose text={text} /> <SourceLink source={source} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
