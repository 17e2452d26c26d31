import type { Check } from "../kit/check.ts";
import { chatMade } from "./chat-made.ts";
import { chatOdd } from "./chat-odd.ts";
import { chatRecorded } from "./chat-recorded.ts";
import { errorsOdd } from "./errors-odd.ts";
import { errorsRetried } from "./errors-retried.ts";
import { errorsTold } from "./errors-told.ts";
import { errorsWaits } from "./errors-waits.ts";
import { lines } from "./lines.ts";
import { models } from "./models.ts";
import { requestAddress } from "./request-address.ts";
import { requestMessages } from "./request-messages.ts";
import { requestModes } from "./request-modes.ts";
import { requestParameters } from "./request-parameters.ts";
import { secrets } from "./secrets.ts";
import { streamMade } from "./stream-made.ts";
import { streamRecorded } from "./stream-recorded.ts";
import { streamResult } from "./stream-result.ts";
import { structured } from "./structured.ts";
import { tools } from "./tools.ts";
import { transportBroken } from "./transport-broken.ts";
import { transportStopped } from "./transport-stopped.ts";

/** Every check of a provider, by what it is about and in the order in which they run. */
export const checkGroups: { readonly [group: string]: readonly Check[] } = {
  Requests: [...requestAddress, ...requestParameters, ...requestMessages, ...requestModes],
  Models: models,
  "Whole answers": [...chatRecorded, ...chatMade, ...chatOdd],
  Streams: [...streamRecorded, ...streamMade, ...streamResult],
  "Tool calls": tools,
  "Structured answers": structured,
  Errors: [...errorsTold, ...errorsOdd, ...errorsRetried, ...errorsWaits],
  Transport: [...transportBroken, ...transportStopped],
  Lines: lines,
  // Last: it looks at every error that another check met.
  "Keys and recordings": secrets,
};

export const allChecks: readonly Check[] = Object.values(checkGroups).flat();
