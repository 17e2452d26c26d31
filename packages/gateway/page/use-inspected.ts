import { useEffect, useRef, useState } from "preact/hooks";
import type { InspectedRequest, InspectorRow } from "../src/inspector/inspected-request.ts";
import { api } from "./api.ts";

const shortestPause = 300;

/** Reads one whole request, again whenever its row changes, with one read at a time. */
export function useInspected(
  id: string,
  row: InspectorRow | undefined,
): { request?: InspectedRequest; failure?: string } {
  const [answer, setAnswer] = useState<{ request?: InspectedRequest; failure?: string }>({});
  const reading = useRef({ isBusy: false, isStale: false });
  useEffect(() => {
    const state = reading.current;
    state.isStale = true;
    if (state.isBusy) return;
    state.isBusy = true;
    void (async () => {
      while (state.isStale) {
        state.isStale = false;
        try {
          setAnswer({ request: await api.get<InspectedRequest>(`requests/${encodeURIComponent(id)}`) });
        } catch (error) {
          const failure = error instanceof Error ? error.message : String(error);
          setAnswer((before) => ({ ...before, failure }));
        }
        await new Promise((resolve) => setTimeout(resolve, shortestPause));
      }
      state.isBusy = false;
    })();
  }, [id, row]);
  return answer;
}
