import type { VNode } from "preact";
import type { InspectedBody } from "../src/inspector/inspected-request.ts";
import { format } from "./format.ts";
import { JsonText } from "./json-text.tsx";
import { LongText } from "./long-text.tsx";

/** A body as it was sent, or its beginning. */
export function BodyView({ name, body }: { name: string; body: InspectedBody }): VNode {
  const isShort = body.isJson && body.text.length < 20_000;
  return (
    <div class="body" role="group" aria-label={name}>
      {isShort ? (
        <div class="text mono">
          <JsonText text={body.text} />
        </div>
      ) : (
        <LongText mono text={body.text} />
      )}
      <p class="note">
        {format.bytes(body.bytes)}
        {body.isCut && ", of which the beginning was kept"}
      </p>
    </div>
  );
}
