import { answerFacts } from "./answer-facts.ts";
import type { ProbeReport } from "./report.ts";
import { type Session, StoppedError } from "./session.ts";
import type { Context } from "./steps/context.ts";
import { compareFamilies } from "./steps/families.ts";
import { checkMessages } from "./steps/messages.ts";
import { errorOf, sweepParameters } from "./steps/parameters.ts";
import { type OnStep, steps } from "./steps/plan.ts";
import { isPlain, type Plain, plainChat, textOf } from "./steps/plain-chat.ts";
import { watchStreams } from "./steps/streaming.ts";
import { checkBounds, checkEfforts, checkSchema } from "./steps/values.ts";
import { checkTypes } from "./steps/wrong-types.ts";

/** The most models that are tried if none is named. */
const mostModels = 6;
/** Models of other kinds are tried last. */
const otherKinds =
  /embed|whisper|tts|speech|audio|transcri|moderation|rerank|dall-e|image|ocr|guard|realtime|sora|veo/i;

interface Asked {
  readonly model?: string;
  readonly errors?: boolean;
  readonly families?: readonly string[];
  /** Why the list of models could not be read. */
  readonly unlisted?: string;
}

/**
 * The whole probe as a machine over answers: it sends no requests itself, so that a test can play any endpoint. Fills `report` as it
 * goes. Throws a StoppedError if the endpoint, the key or an account ends it.
 */
export async function interpret(
  session: Session,
  report: ProbeReport,
  asked: Asked,
  onStep: OnStep = () => {},
): Promise<void> {
  onStep(0);
  const { model, plain } = await chooseModel(session, report, asked);
  report.model = model;
  onStep(
    0,
    `${model} answers${plain.base.capName ? ` under ${plain.base.capName}: ${plain.base.cap}` : " without a limit of tokens"}`,
  );
  session.control = plain.answer.sent;
  let at = 0;
  const context: Context = {
    session,
    report,
    model,
    base: plain.base,
    together: [],
    plainText: textOf(plain),
    tell: (learnt) => onStep(at, learnt),
  };
  const run = [sweepParameters, watchStreams, checkMessages, checkSchema, checkBounds, checkTypes];
  for (const [index, step] of run.entries()) {
    at = index + 1;
    onStep(at);
    await step(context, plain);
  }
  await checkEfforts(context);
  readToolChoice(report);
  readReasoning(context);
  if (asked.families && asked.families.length > 0) {
    at = steps.length;
    onStep(at);
    await compareFamilies(context, asked.families);
  }
  if (asked.errors === true && session.has(1)) await askUnknownModel(session, report);
}

/** Any answer counts as the endpoint's refusal, even a 403, which elsewhere would end the probe. */
async function askUnknownModel(session: Session, report: ProbeReport): Promise<void> {
  try {
    await session.ask({ model: "no-such-model", messages: [{ role: "user", content: "Hello" }], max_tokens: 16 });
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
  }
  const answer = session.answers.at(-1)!;
  if (answer.outcome !== "accepted" && answer.status > 0) report.errors.push(errorOf("unknown-model", answer));
}

/** The named model, or the first listed one that answers. */
async function chooseModel(
  session: Session,
  { models }: ProbeReport,
  { model: named, unlisted }: Asked,
): Promise<{ model: string; plain: Plain }> {
  const listed = [...models].sort((a, b) => Number(otherKinds.test(a)) - Number(otherKinds.test(b)));
  const candidates = named === undefined ? listed.slice(0, mostModels) : [named];
  let why =
    unlisted === undefined
      ? "The endpoint lists no models. Name one with --model."
      : `The list of models cannot be read: ${unlisted.replace(/\.?$/, ".")} Check the base URL, or name a model with --model.`;
  let status = 0;
  for (const model of candidates) {
    const plain = await plainChat(session, model);
    if (isPlain(plain)) return { model, plain };
    why = `${model} does not answer a plain chat: ${plain.words || `HTTP ${plain.status}, without words`}`;
    ({ status } = plain);
  }
  throw new StoppedError({ why, status, after: session.requests });
}

function readToolChoice({ parameters, toolChoice }: ProbeReport): void {
  const { verdict = "unknown", values = {} } = parameters["tool_choice"] ?? {};
  const all = verdict === "rejected" || verdict === "ignored" ? verdict : undefined;
  toolChoice["auto"] = all ?? values["auto"] ?? (verdict === "accepted" ? "accepted" : "unknown");
  toolChoice["required"] ??= all ?? values["required"] ?? "unknown";
}

function readReasoning({ session, report }: Context): void {
  const found = session.answers
    .filter(({ outcome }) => outcome === "accepted")
    .map((answer) => answerFacts(answer).reasoning)
    .find((field) => field !== "none");
  report.reasoning.field = found ?? "none";
}
