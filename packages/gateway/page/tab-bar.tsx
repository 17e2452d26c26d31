import type { ComponentChildren, VNode } from "preact";
import type { InspectedAttempt, InspectedRequest } from "../src/inspector/inspected-request.ts";
import { linkTo } from "./route.ts";

/** A tab with one part of a request. */
export interface RequestTab {
  readonly id: string;
  readonly name: string;
  /** True if the tab shows one attempt, absent if it shows all. */
  readonly isOfAttempt?: true;
  readonly view: (request: InspectedRequest, attempt: InspectedAttempt | undefined) => ComponentChildren;
}

interface Props {
  readonly tabs: readonly RequestTab[];
  readonly current: RequestTab;
  /** The request. */
  readonly id: string;
  readonly attempt: number | undefined;
}

/** The tabs of a request. Arrow keys move between them. Switching changes the address without adding to the history. */
export function TabBar({ tabs, current, id, attempt }: Props): VNode {
  const move = (event: KeyboardEvent): void => {
    const at = tabs.indexOf(current);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const { id: nextId } = tabs.at(next % tabs.length)!;
    location.replace(linkTo.request(id, nextId, attempt));
    document.getElementById(`tab-${nextId}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Parts of the request" onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`tab-${tab.id}`}
          aria-selected={tab === current}
          aria-controls="panel"
          tabIndex={tab === current ? 0 : -1}
          onClick={() => location.replace(linkTo.request(id, tab.id, attempt))}
        >
          {tab.name}
        </button>
      ))}
    </div>
  );
}
