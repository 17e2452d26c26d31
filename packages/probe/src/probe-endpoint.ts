import { type Endpoint, type EndpointOptions, type Logged, openEndpoint } from "./endpoint/endpoint.ts";
import { readLimits } from "./endpoint/read-limits.ts";
import { interpret } from "./interpret.ts";
import { emptyReport, type ProbeReport } from "./report.ts";
import type { OnStep } from "./steps/plan.ts";
import { mostAccepted, Session, StoppedError } from "./session.ts";
import type { Answer, Ask } from "./answer.ts";
import { answerFacts } from "./answer-facts.ts";

/** The settings of a probe. */
export interface ProbeOptions extends EndpointOptions {
  /** @default the first listed model that answers */
  readonly model?: string;
  /** Parts of the names of other models: the first listed one of each is compared. */
  readonly families?: readonly string[];
  /**
   * Requests in all.
   * @default 64
   */
  readonly maxRequests?: number;
  /**
   * At the end, request a model that does not exist, and use a key that does not exist.
   * @default false
   */
  readonly errors?: boolean;
  /** The answers of a cancelled run. */
  readonly earlier?: readonly Logged[];
  readonly onStep?: OnStep;
  /** Called after each answer with all answers so far, for the `earlier` of a later run. */
  readonly onAnswer?: (log: readonly Logged[]) => void;
}

/** A finished or stopped probe. */
export interface Probed {
  readonly report: ProbeReport;
  readonly endpoint: Endpoint;
  /** All exchanges. */
  readonly session: Session;
}

/**
 * Finds out what an endpoint takes. The endpoint's errors are not thrown: `report.stopped` says where the probe ended. Throws if
 * the person cancels, or the base URL or the key cannot be used.
 */
export async function probeEndpoint(options: ProbeOptions): Promise<Probed> {
  const { maxRequests = 64, onStep, model } = options;
  const endpoint = await openEndpoint(options, options.earlier);
  const tell = async (body: Parameters<Ask>[0]): Promise<Answer> => {
    const answer = await endpoint.ask(body);
    options.onAnswer?.(endpoint.log);
    return answer;
  };
  const report = emptyReport(options.baseURL);
  let others = 0;
  const session = new Session(tell, { requests: maxRequests, accepted: mostAccepted }, () => others + endpoint.retries);
  try {
    const { ids, answer } = await endpoint.models();
    others++;
    report.models = ids;
    if (answer.outcome === "stopped") throw new StoppedError({ why: answer.words, status: answer.status, after: 0 });
    const unlisted = answer.outcome === "accepted" ? undefined : answer.words || `HTTP ${answer.status}`;
    await interpret(session, report, { model, errors: options.errors, families: options.families, unlisted }, onStep);
    if (options.errors === true && options.keyEnv !== undefined && session.has(1)) {
      const refused = await endpoint.askWithWrongKey({ ...session.answers[0]!.sent });
      others++;
      if (refused.outcome !== "accepted")
        report.errors.push({
          status: refused.status,
          of: "invalid-key",
          words: refused.words,
          body: refused.body ?? "",
          evidence: session.requests,
        });
    }
    report.ok = true;
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    report.stopped = error.stop;
  }
  report.requests = session.requests;
  report.limits = readLimits(session.answers);
  for (const answer of session.answers) {
    const { tokens } = answerFacts(answer);
    report.tokens.input += tokens.input;
    report.tokens.output += tokens.output;
  }
  return { report, endpoint, session };
}
