import type { Check } from "../kit/check.ts";
import { definitionCheck } from "../kit/definition-check.ts";
import { lines } from "./lines.ts";
import { embeddings } from "./embeddings.ts";
import { models } from "./models.ts";
import { structured } from "./structured.ts";
import { tools } from "./tools.ts";
import { requestAddress } from "./request-address.ts";
import { requestParameters } from "./request-parameters.ts";
import { requestMessages } from "./request-messages.ts";
import { requestModes } from "./request-modes.ts";
import { chatRecorded } from "./chat-recorded.ts";
import { chatResults } from "./chat-results.ts";
import { chatEdgeCases } from "./chat-edge-cases.ts";
import { streamRecorded } from "./stream-recorded.ts";
import { streamReading } from "./stream-reading.ts";
import { streamResult } from "./stream-result.ts";
import { errorContents } from "./error-contents.ts";
import { errorBodies } from "./error-bodies.ts";
import { retries } from "./retries.ts";
import { retryWaits } from "./retry-waits.ts";
import { transportBroken } from "./transport-broken.ts";
import { transportStopped } from "./transport-stopped.ts";
import { secrets } from "./secrets.ts";
import { recordings } from "./recordings.ts";

/** Every check of a provider, by topic and in the order in which they run. */
export const checkGroups: { readonly [group: string]: readonly Check[] } = {
  // First: if it fails, the others may fail for the same reason.
  Definition: [definitionCheck],
  Requests: [...requestAddress, ...requestParameters, ...requestMessages, ...requestModes],
  Models: models,
  Embeddings: embeddings,
  "Whole answers": [...chatRecorded, ...chatResults, ...chatEdgeCases],
  Streams: [...streamRecorded, ...streamReading, ...streamResult],
  "Tool calls": tools,
  "Structured answers": structured,
  Errors: [...errorContents, ...errorBodies, ...retries, ...retryWaits],
  Transport: [...transportBroken, ...transportStopped],
  Lines: lines,
  // Last: it looks at every error of the other checks.
  "Keys and recordings": [...secrets, ...recordings],
};

export const allChecks: readonly Check[] = Object.values(checkGroups).flat();
