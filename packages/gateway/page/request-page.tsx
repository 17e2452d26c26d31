import type { Ref, VNode } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { InspectedAttempt, InspectedRequest } from "../src/inspector/inspected-request.ts";
import { AnswerView } from "./answer-view.tsx";
import { AttemptsView } from "./attempts-view.tsx";
import { ExplanationView } from "./explanation-view.tsx";
import { Figures } from "./figures.tsx";
import { format } from "./format.ts";
import type { LiveRows } from "./live-rows.ts";
import { Prose } from "./prose.tsx";
import { RequestActions } from "./request-actions.tsx";
import { RequestView } from "./request-view.tsx";
import { ResponseView } from "./response-view.tsx";
import { linkTo, type Route } from "./route.ts";
import { Status } from "./status.tsx";
import { TabBar, type RequestTab } from "./tab-bar.tsx";
import { TimelineView } from "./timeline-view.tsx";
import { useInspected } from "./use-inspected.ts";

const tabs: readonly RequestTab[] = [
  { id: "answer", name: "Answer", view: (request) => <AnswerView request={request} /> },
  {
    id: "request",
    name: "Request",
    isOfAttempt: true,
    view: ({ sent }, attempt) => <RequestView key={attempt?.at} sent={sent} attempt={attempt} />,
  },
  { id: "attempts", name: "Attempts", view: (request) => <AttemptsView request={request} /> },
  {
    id: "stream",
    name: "Stream",
    isOfAttempt: true,
    view: (_, attempt) =>
      attempt?.timeline ? (
        <TimelineView timeline={attempt.timeline} />
      ) : (
        <p class="empty">The answer was not a stream.</p>
      ),
  },
  {
    id: "response",
    name: "Response",
    isOfAttempt: true,
    view: (_, attempt) => <ResponseView response={attempt?.response} />,
  },
];

/** One whole request: bodies, changes, attempts and answer. It is rendered again only when the request changes, not with the list. */
export function RequestPage({ live, route }: { live: LiveRows; route: Route }): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const { request, failure } = useInspected(route.id, live.get(route.id));
  const isThere = request !== undefined;
  useEffect(() => heading.current?.focus(), [isThere]);
  const { canReplay } = live;
  return useMemo(() => {
    if (request) return <Whole request={request} route={route} canReplay={canReplay} heading={heading} />;
    return (
      <section class="detail" aria-label="Request">
        <h1 ref={heading} tabIndex={-1}>
          {failure ? "This request cannot be shown" : "Reading the request"}
        </h1>
        <p role="alert">{failure}</p>
        <a href={linkTo.list}>Back to the list</a>
      </section>
    );
  }, [request, failure, route, canReplay]);
}

interface WholeProps {
  readonly request: InspectedRequest;
  readonly route: Route;
  readonly canReplay: boolean;
  readonly heading: Ref<HTMLHeadingElement>;
}

function Whole({ request, route, canReplay, heading }: WholeProps): VNode {
  const { id } = route;
  const { row, attempts } = request;
  const tab = tabs.find((one) => one.id === route.tab) ?? tabs[0]!;
  const index = Math.min(route.attempt ?? attempts.length - 1, attempts.length - 1);
  const failed = row.error && attempts.findLast(({ explanation }) => explanation);
  return (
    <section class="detail" aria-label="Request">
      <div class="title">
        <h1 ref={heading} tabIndex={-1}>
          <Status row={row} /> <span class="public">{row.model}</span>
          {row.target && row.target !== row.model && <span class="arrow"> → </span>}
          {row.target !== row.model && <span class="target">{row.target}</span>}
        </h1>
        <a class="close" href={linkTo.list} aria-label="Close the request" title="Close (Escape)">
          ✕
        </a>
      </div>
      <p class="about">
        <time dateTime={row.time}>{format.day(row.time)}</time>
        {row.client && <span>client {row.client}</span>}
        <span>{row.path}</span>
        <span>{row.isStream ? "stream" : "one answer"}</span>
        <span>{row.id}</span>
        {row.replayOf && (
          <span>
            replay of <a href={linkTo.request(row.replayOf)}>{row.replayOf}</a>,{" "}
            <a href={linkTo.comparison(row.replayOf, row.id)}>side by side</a>
          </span>
        )}
      </p>
      <Figures row={row} price={request.price} />
      <RequestActions request={request} canReplay={canReplay} />
      {row.error && (
        <div class="failed-with" role="group" aria-label="Error">
          <p>
            <b class="code">{row.error.code}</b> {row.error.message}
          </p>
          {row.error.hint && (
            <p class="hint">
              <Prose text={row.error.hint} />
            </p>
          )}
          {failed?.explanation && <ExplanationView explanation={failed.explanation} />}
        </div>
      )}
      <TabBar tabs={tabs} id={id} current={tab} attempt={route.attempt} />
      <div class="panel" role="tabpanel" id="panel" aria-labelledby={`tab-${tab.id}`} tabIndex={0}>
        {tab.isOfAttempt && attempts.length > 1 && (
          <AttemptChoice id={id} tab={tab.id} attempts={attempts} current={index} />
        )}
        {tab.view(request, attempts[index])}
      </div>
    </section>
  );
}

function AttemptChoice({
  id,
  tab,
  attempts,
  current,
}: {
  id: string;
  tab: string;
  attempts: readonly InspectedAttempt[];
  current: number;
}): VNode {
  return (
    <nav class="choice attempts-choice" aria-label="Attempt">
      {attempts.map(({ target, status, code }, index) => (
        <a
          key={index}
          href={linkTo.request(id, tab, index)}
          aria-current={index === current ? "true" : undefined}
          class={code ? "failed" : ""}
        >
          {index + 1} · {target} {status ?? code}
        </a>
      ))}
    </nav>
  );
}
