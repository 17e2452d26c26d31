import type { Check } from "../kit/check.ts";
import { requestAddress } from "./request-address.ts";
import { requestMessages } from "./request-messages.ts";
import { requestModes } from "./request-modes.ts";
import { requestParameters } from "./request-parameters.ts";

/** Every check of a provider, by id. */
export const allChecks: readonly Check[] = [
  ...requestAddress,
  ...requestParameters,
  ...requestMessages,
  ...requestModes,
].sort(byId);

/** R2 before R10. */
function byId(a: Check, b: Check): number {
  return (
    groupOf(a).localeCompare(groupOf(b)) || Number(a.id.slice(1)) - Number(b.id.slice(1)) || a.id.localeCompare(b.id)
  );
}

function groupOf({ id }: Check): string {
  return `${"RMCSTOENLK".indexOf(id[0]!)}`;
}
