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

const groups = [
  requestAddress,
  requestParameters,
  requestMessages,
  requestModes,
  models,
  chatRecorded,
  chatMade,
  chatOdd,
  streamRecorded,
  streamMade,
  streamResult,
  tools,
  structured,
  errorsTold,
  errorsOdd,
  errorsRetried,
  errorsWaits,
  transportBroken,
  transportStopped,
  lines,
  secrets,
];

/** Every check of a provider: requests, models, chat, streams, tools, structured answers, errors, transport, lines, secrets. */
export const allChecks: readonly Check[] = groups.flat().sort((a, b) => rank(a) - rank(b));

/** R2 before R10, R before M. */
function rank({ id }: Check): number {
  return "RMCSTOENLK".indexOf(id.charAt(0)) * 1000 + Number(id.slice(1));
}
