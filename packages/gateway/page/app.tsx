import type { VNode } from "preact";
import { useEffect, useMemo, useReducer, useState } from "preact/hooks";
import { api } from "./api.ts";
import { ComparisonPage } from "./comparison-page.tsx";
import { HealthPage } from "./health-page.tsx";
import { LiveRows, type LiveState } from "./live-rows.ts";
import { RequestList } from "./request-list.tsx";
import { RequestPage } from "./request-page.tsx";
import { linkTo, useRoute } from "./route.ts";
import { SignIn } from "./sign-in.tsx";
import { ThemeButton } from "./theme-button.tsx";

const stateWords: Record<LiveState, string> = {
  connecting: "Connecting",
  live: "Live",
  lost: "Connection lost, trying again",
  kept: "A kept file, not live",
  "signed-out": "Signed out",
};

/** The inspector: the list with one request beside it, or the health page. `token` is the one-time token in the address. */
export function App({ token }: { token: string | undefined }): VNode {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [session, setSession] = useState(0);
  const [failure, setFailure] = useState("");
  const live = useMemo(() => new LiveRows(() => redraw(undefined)), [session]);
  useEffect(() => {
    const abort = new AbortController();
    const isFirst = session === 0;
    void (async () => {
      if (isFirst && token) await api.signIn(token).catch((error: Error) => setFailure(error.message));
      await live.follow(abort.signal);
    })();
    return () => abort.abort();
  }, [live]);
  const route = useRoute();
  useShortcuts();
  if (live.state === "signed-out")
    return <SignIn advice={live.message} failure={failure} onDone={() => setSession(session + 1)} />;
  const isDetail = route.view === "request" || route.view === "compare";
  return (
    <>
      <header class="bar">
        <a class="brand" href={linkTo.list}>
          llm-provider <b>inspector</b>
        </a>
        <nav aria-label="Views">
          <a href={linkTo.list} aria-current={route.view !== "health" ? "page" : undefined}>
            Requests
          </a>
          <a href={linkTo.health} aria-current={route.view === "health" ? "page" : undefined}>
            Health
          </a>
        </nav>
        <span class={`live ${live.state}`} role="status">
          {stateWords[live.state]}
        </span>
        <ThemeButton />
      </header>
      {route.view === "health" ? (
        <HealthPage />
      ) : (
        <div class={isDetail ? "split" : "whole"}>
          <RequestList live={live} current={route.view === "request" ? route.id : undefined} />
          {route.view === "request" && <RequestPage key={route.id} live={live} route={route} />}
          {route.view === "compare" && <ComparisonPage live={live} one={route.id} other={route.other} />}
        </div>
      )}
    </>
  );
}

/** `/` focuses the filter, and Escape returns to the list and the row that was open. */
function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && location.hash.length > 2) location.hash = linkTo.list;
      if (target.matches("input, select, textarea")) return;
      if (event.key === "/") {
        event.preventDefault();
        document.getElementById("filter")?.focus();
      } else if (event.key === "ArrowDown" && target === document.body) {
        event.preventDefault();
        document.querySelector<HTMLElement>(".requests tbody a")?.focus();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
