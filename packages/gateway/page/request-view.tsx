import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { InspectedAttempt, InspectedBody } from "../src/inspector/inspected-request.ts";
import { BodyView } from "./body-view.tsx";
import { CopyButton } from "./copy-button.tsx";
import { DifferenceView } from "./difference-view.tsx";
import { Headers } from "./headers.tsx";

const views = { difference: "Difference", sent: "Sent by you", wire: "Sent by us" } as const;
type View = keyof typeof views;

/** The caller's body, the body that one target got, their difference, and a curl command. */
export function RequestView({ sent, attempt }: { sent: InspectedBody; attempt: InspectedAttempt | undefined }): VNode {
  const [view, setView] = useState<View>("difference");
  if (!attempt) return <BodyView name="Sent by you" body={sent} />;
  const { wire, url, headers, curl, provider } = attempt;
  return (
    <>
      <p class="wire-to">
        <b>{provider}</b> {url && <code>POST {url}</code>}
      </p>
      <div class="choice" role="group" aria-label="Body">
        {Object.entries(views).map(([id, name]) => (
          <button key={id} type="button" aria-pressed={id === view} onClick={() => setView(id as View)}>
            {name}
          </button>
        ))}
      </div>
      {view === "difference" && (wire ? <DifferenceView attempt={attempt} /> : <Unsent />)}
      {view === "sent" && <BodyView name={views.sent} body={sent} />}
      {view === "wire" && (wire ? <BodyView name={views.wire} body={wire} /> : <Unsent />)}
      <Headers headers={headers} name="Request headers" />
      {curl && (
        <div class="curl" role="group" aria-label="curl">
          <h2>
            As curl <CopyButton text={curl} name="Copy" />
          </h2>
          <pre>{curl}</pre>
        </div>
      )}
    </>
  );
}

function Unsent(): VNode {
  return <p class="empty">Nothing was sent to this target.</p>;
}
