import type { VNode } from "preact";
import type { InspectedResponse } from "../src/inspector/inspected-request.ts";
import { BodyView } from "./body-view.tsx";
import { Headers } from "./headers.tsx";

/** The raw response of one target, with headers. */
export function ResponseView({ response }: { response: InspectedResponse | undefined }): VNode {
  if (!response) return <p class="empty">No response arrived.</p>;
  return (
    <>
      <p class="wire-to">
        <b>{response.status}</b>
      </p>
      <Headers headers={response.headers} name="Response headers" />
      <BodyView name="Response body" body={response.body} />
    </>
  );
}
