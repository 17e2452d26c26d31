import type { Definition } from "@llm-provider/core";

type Unit = NonNullable<NonNullable<Definition["limits"]>["headers"]>[string]["unit"];

/** The headers that an answer of this endpoint carries: request id, rate limits in their units, fields of `metadata`. */
export function limitHeaders(definition: Definition, requestId: string, now: number): Record<string, string> {
  const { limits, metadata = [] } = definition;
  const headers: Record<string, string> = { [(limits?.requestId ?? "x-request-id").toLowerCase()]: requestId };
  for (const [header, { is, unit, of }] of Object.entries(limits?.headers ?? {})) {
    const most = of === "requests" ? 1000 : 60_000;
    headers[header.toLowerCase()] = is === "reset" ? resetIn(unit, now) : String(is === "limit" ? most : most - 1);
  }
  for (const name of metadata.filter((path) => path.startsWith("header:"))) {
    headers[name.slice("header:".length).toLowerCase()] ??= `twin-${name.slice("header:".length)}`;
  }
  return headers;
}

/** 72.5 seconds from now. */
function resetIn(unit: Unit, now: number): string {
  switch (unit) {
    case "duration":
      return "1m12.5s";
    case "milliseconds":
      return "72500";
    case "epoch-ms":
      return String(now + 72_500);
    default:
      return "72.5";
  }
}
