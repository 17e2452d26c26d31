import type { Change, Definition } from "@llm-provider/core";
import { curlLine, modelInfo, sourceOf } from "@llm-provider/core/internal";
import type { SealedAttempt, SealedRequest, SealedText } from "../recording/seal.ts";
import type {
  InspectedAttempt,
  InspectedBody,
  InspectedChange,
  InspectedExplanation,
  InspectedPrice,
  InspectedRequest,
} from "./inspected-request.ts";
import { ownChanges } from "./own-changes.ts";
import { readAgain, type ReadAgain } from "./read-again.ts";
import { answerSoFar, toAnswer } from "./to-answer.ts";
import { toDifference } from "./to-difference.ts";
import { toNotes } from "./to-notes.ts";
import { toRow } from "./to-row.ts";
import { toTimeline } from "./to-timeline.ts";

/** A failed attempt, as input for an explanation. */
export interface FailedAttempt {
  readonly definition?: Definition;
  readonly status?: number;
  /** The body of the endpoint's response, or empty without one. */
  readonly body: string;
  /** The error's message. */
  readonly message: string;
}

/** What the conversion needs in addition to the request. */
export interface InspectContext {
  /** Targets to which the request could be sent. */
  readonly targets: readonly string[];
  /** Explains an error. */
  readonly explain?: (failed: FailedAttempt) => InspectedExplanation;
}

/** Converts a request for the page. All values are computed here, when somebody opens the request. */
export async function toInspected(sealed: SealedRequest, context: InspectContext): Promise<InspectedRequest> {
  const { record, result, clean } = sealed;
  const sent = toBody(sealed.sent);
  const attempts: InspectedAttempt[] = [];
  let read: ReadAgain | undefined;
  for (const [index, attempt] of sealed.attempts.entries()) {
    read = await readAttempt(attempt);
    const before = sealed.attempts[index - 1]?.record;
    const wait = before ? Math.max(0, attempt.record.at - before.at - before.ms) : 0;
    const isLast = index === sealed.attempts.length - 1;
    const tokens = isLast ? record.usage?.outputTokens : undefined;
    attempts.push(clean(await toAttempt(sealed, sent, attempt, wait, read, tokens, context)));
  }
  const answer = result ? toAnswer(result) : read && answerSoFar(read.events);
  const price = priceOf(sealed);
  return {
    version: 1,
    row: toRow(record),
    sent,
    attempts,
    // A key may appear only when the pieces of a stream are joined.
    ...(answer && { answer: clean(answer) }),
    ...(price && { price }),
    targets: context.targets,
  };
}

async function readAttempt({ definition, model, exchange }: SealedAttempt): Promise<ReadAgain | undefined> {
  const isAnswered = exchange?.status !== undefined && exchange.status >= 200 && exchange.status < 300;
  return definition && isAnswered ? readAgain(definition, model, exchange) : undefined;
}

async function toAttempt(
  { record: { path } }: SealedRequest,
  sent: InspectedBody,
  attempt: SealedAttempt,
  wait: number,
  read: ReadAgain | undefined,
  tokens: number | undefined,
  { explain }: InspectContext,
): Promise<InspectedAttempt> {
  const { record, definition, exchange } = attempt;
  const wire = exchange && toBody(exchange.body);
  const body = wire?.isJson ? (JSON.parse(wire.text) as Record<string, unknown>) : undefined;
  const changes = [...attempt.changes.map(toChange), ...ownChanges(sent, body, attempt.changes)];
  const notes = definition && body ? toNotes(definition, attempt, Object.keys(body)) : [];
  const isStream =
    read !== undefined &&
    path.endsWith("/chat/completions") &&
    !exchange?.responseHeaders["content-type"]?.includes("application/json");
  const status = record.status ?? exchange?.status;
  const explanation = record.code === undefined ? undefined : explanationOf(attempt, explain);
  return {
    ...record,
    ...(status !== undefined && { status }),
    wait,
    provider: definition?.name ?? record.target,
    ...(exchange && { url: exchange.url }),
    headers: exchange?.headers ?? {},
    ...(wire && { wire }),
    difference: wire ? await toDifference(sent, wire, changes, notes) : [],
    changes,
    notes,
    ...(exchange &&
      body && {
        curl: curlLine({ url: exchange.url, headers: exchange.headers, body, changes: [...attempt.changes] }),
      }),
    ...(exchange?.status !== undefined && {
      response: {
        status: exchange.status,
        headers: exchange.responseHeaders,
        body: toBody(exchange.response),
      },
    }),
    ...(exchange && isStream && { timeline: toTimeline(exchange, read.byRead, tokens) }),
    ...(explanation && { explanation }),
  };
}

/** Indents JSON for readability. */
function toBody({ text, bytes, isCut }: SealedText): InspectedBody {
  if (isCut || !/^\s*[[{]/.test(text)) return { text, isJson: false, bytes, isCut };
  try {
    return { text: JSON.stringify(JSON.parse(text), null, 2), isJson: true, bytes, isCut };
  } catch {
    return { text, isJson: false, bytes, isCut };
  }
}

function toChange({ parameter, action, from, to, reason, source }: Change): InspectedChange {
  return {
    parameter,
    action,
    ...(from !== undefined && { from: JSON.stringify(from) }),
    ...(to !== undefined && { to: JSON.stringify(to) }),
    reason,
    source: source === "" ? "llm-provider itself" : source,
  };
}

function explanationOf(
  { record, definition, exchange }: SealedAttempt,
  explain: InspectContext["explain"],
): InspectedExplanation {
  const { code, message = "", hint } = record;
  const status = record.status ?? exchange?.status;
  const own = { ...(code && { code }), cause: message, evidence: [], fix: hint === undefined ? [] : [hint] };
  // If nothing was sent, the error is our own and its hint already says how to fix it.
  if (!explain || !record.isSent) return own;
  const isRefusal = exchange?.status !== undefined && exchange.status >= 400;
  return explain({
    ...(definition && { definition }),
    ...(status !== undefined && { status }),
    body: isRefusal ? exchange.response.text : "",
    message,
  });
}

/** The price of the last attempt's model, and the page with the price. */
function priceOf({ attempts, record: { usage, cache } }: SealedRequest): InspectedPrice | undefined {
  if (!usage) return undefined;
  const { definition, model } = attempts.at(-1) ?? {};
  const info = definition && model !== undefined && cache !== "hit" ? modelInfo(definition, model) : undefined;
  if (!definition || !info?.price || info.source === undefined) return undefined;
  const tiers = [...(info.price.tiers ?? [])].sort((one, other) => other.above - one.above);
  const { input, output, cached } = tiers.find(({ above }) => usage.inputTokens > above) ?? info.price;
  const { url: source } = sourceOf(definition, info.source);
  return { input, output, ...(cached !== undefined && { cached }), source };
}
