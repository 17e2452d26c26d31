import type { VNode } from "preact";
import type { InspectedAttempt, InspectedRequest } from "../src/inspector/inspected-request.ts";
import { AttemptBar, type Stretch } from "./attempt-bar.tsx";
import { ExplanationView } from "./explanation-view.tsx";
import { format } from "./format.ts";
import { Prose } from "./prose.tsx";
import { linkTo } from "./route.ts";

/** All attempts in order, each with its wait, its times and the target's own message. */
export function AttemptsView({ request: { attempts, row } }: { request: InspectedRequest }): VNode {
  if (attempts.length === 0) return <p class="empty">No target was tried.</p>;
  const end = Math.max(row.total ?? 0, ...attempts.map(({ at, ms }) => at + ms)) || 1;
  return (
    <ol class="attempts">
      {attempts.map((attempt, index) => (
        <li key={index} class={attempt.code ? "failed" : "answered"} aria-label={`Attempt ${index + 1}`}>
          <h2>
            <span class={`pill ${attempt.code ? "bad" : "good"}`}>{attempt.status ?? attempt.code ?? "runs"}</span>{" "}
            {attempt.target} <small>{attempt.provider}</small>
          </h2>
          <AttemptBar style="large" end={end} parts={partsOf(attempt, row.total)} />
          <p class="about">
            <span>begun at {format.ms(attempt.at)}</span>
            {attempt.wait > 0 && <span>after a wait of {format.ms(attempt.wait)}</span>}
            <span>
              {attempt.code ? "failed after" : "first content after"} {format.ms(attempt.ms)}
            </span>
            {attempt.retryAfter !== undefined && <span>asks to wait {format.ms(attempt.retryAfter)}</span>}
            {!attempt.isSent && <span>nothing was sent</span>}
            <a href={linkTo.request(row.id, "request", index)}>its request</a>
            {attempt.response && <a href={linkTo.request(row.id, "response", index)}>its response</a>}
          </p>
          <Words attempt={attempt} />
        </li>
      ))}
    </ol>
  );
}

function partsOf({ at, ms, code }: InspectedAttempt, total: number | undefined): Stretch[] {
  const first: Stretch = { kind: code ? "failed" : "waited", from: at, to: at + ms };
  return code || total === undefined ? [first] : [first, { kind: "answered", from: at + ms, to: total }];
}

function Words({ attempt: { message, hint, code, explanation } }: { attempt: InspectedAttempt }): VNode {
  return (
    <>
      {message && (
        <blockquote dir="auto">
          {code && <b class="code">{code}</b>} {message}
        </blockquote>
      )}
      {hint && (
        <p class="hint">
          <Prose text={hint} />
        </p>
      )}
      {explanation && (
        <details>
          <summary>Explain</summary>
          <ExplanationView explanation={explanation} />
        </details>
      )}
    </>
  );
}
