import { confirm, isCancel } from "@clack/prompts";
import { ProviderError } from "@llm-provider/core";
import { describePlan, finishReport, liveLines, probeEndpoint } from "@llm-provider/probe";
import { answerProblem } from "../answers/parse-answers.ts";
import { completeAnswers } from "../context/complete-answers.ts";
import { ExitError } from "../exit-error.ts";
import type { Host } from "./host.ts";
import type { CreateOptions } from "./read-command-line.ts";
import type { Reporter } from "./reporter.ts";
import type { ResolvedAnswers } from "./resolve-answers.ts";

const maxRequests = 64;

/**
 * Probes the endpoint with the key of the environment, and adds the results to the answers. Undefined if only the
 * plan was wanted, or the person said no. Throws an `ExitError` (4) if the endpoint stopped it: then no file is written.
 */
export async function measureEndpoint(
  resolved: ResolvedAnswers,
  { dryRun, yes }: Pick<CreateOptions, "dryRun" | "yes">,
  run: { host: Host; reporter: Reporter; signal: AbortSignal; isAsked: boolean },
): Promise<ResolvedAnswers | undefined> {
  const { answers, facts } = resolved;
  const { reporter, host, signal } = run;
  if (answers.template === "tool") throw new ExitError(2, "A tool has no parameters to measure: leave --probe out.");
  if (answers.dialect === "custom")
    throw new ExitError(2, "--probe speaks Chat Completions only: leave --dialect custom out, or --probe.");
  const complete = completeAnswers(answers, facts);
  const { baseURL, apiKeyEnv } = complete;
  const keyEnv = apiKeyEnv === "none" ? undefined : apiKeyEnv;
  if (keyEnv !== undefined && !host.environment[keyEnv] && !dryRun)
    throw new ExitError(2, `--probe sends requests to ${new URL(baseURL).host} with ${keyEnv}, which is not set.`);
  const model = answers.models?.[0];
  const place = { isTerminal: false };
  const more = ["About 16 conversations for the recordings of the package"];
  reporter.say(describePlan({ baseURL, keyEnv, model, maxRequests, more }, place));
  if (dryRun) return undefined;
  if (!yes && !(await isConfirmed(run.isAsked))) return undefined;

  const onStep = liveLines((text) => void reporter.prose.write(text), place);
  const { report, endpoint } = await probeEndpoint({
    baseURL,
    keyEnv,
    ...(model !== undefined && { model }),
    maxRequests,
    timeout: 60_000,
    errors: true,
    signal,
    onStep,
  }).catch((error: unknown) => {
    if (signal.aborted) throw new ExitError(130, "Cancelled. Nothing was written.");
    throw ProviderError.is(error) ? new ExitError(1, `The endpoint cannot be probed: ${error.message}`) : error;
  });
  if (report.stopped) {
    const { why, status, after } = report.stopped;
    const how = status > 0 ? ` (HTTP ${status})` : "";
    throw new ExitError(4, `The probe was stopped${how} after ${after} requests: ${why} Nothing was written.`);
  }
  // Only ids of the usual form may be written to a file.
  report.models = report.models.filter((id) => answerProblem("models", [id]) === undefined).slice(0, 500);
  const { id, name, created: day, docs } = complete;
  const identity = { id, name, keyEnv, day, ...(docs && { docs }) };
  finishReport(report, identity);
  const models = [report.model, ...report.models.filter((one) => one !== report.model)];
  return { ...resolved, answers: { ...answers, models }, measured: { report, identity, origin: endpoint.origin } };
}

async function isConfirmed(isAsked: boolean): Promise<boolean> {
  if (!isAsked)
    throw new ExitError(
      2,
      "--probe sends up to 64 requests, and there is no terminal for the question. Add --yes to send them.",
    );
  const answer = await confirm({ message: "Send them?" });
  if (isCancel(answer)) throw new ExitError(130, "Cancelled. Nothing was written.");
  return answer;
}
