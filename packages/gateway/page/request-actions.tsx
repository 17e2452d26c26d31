import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { InspectedRequest } from "../src/inspector/inspected-request.ts";
import { api } from "./api.ts";
import { CopyButton } from "./copy-button.tsx";
import { linkTo } from "./route.ts";

/** Buttons for a request. The result of an action is shown below them. */
export function RequestActions({ request, canReplay }: { request: InspectedRequest; canReplay: boolean }): VNode {
  const { row, targets, attempts } = request;
  const [said, setSaid] = useState("");
  const [isBusy, setBusy] = useState(false);
  const at = `requests/${encodeURIComponent(row.id)}/`;
  const act = async (action: () => Promise<string>): Promise<void> => {
    setBusy(true);
    try {
      setSaid(await action());
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  const replay = (target?: string): Promise<void> =>
    act(async () => {
      const { id } = await api.post<{ id: string }>(`${at}replay`, { target });
      location.hash = target === undefined ? linkTo.request(id) : linkTo.comparison(row.id, id);
      return "";
    });
  const save = (): Promise<void> =>
    act(async () => {
      const response = await api.fetch(`${at}cassette`);
      const name = /filename="([\w.-]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
      download(await response.blob(), name ?? `${row.id}.cassette.json`);
      return "Saved a draft. Contract tests refuse it until its origin is given as recorded or documented.";
    });
  const tryElsewhere = (event: SubmitEvent): void => {
    event.preventDefault();
    void replay(String(new FormData(event.currentTarget as HTMLFormElement).get("target")));
  };
  const elsewhere = targets.find((target) => target !== row.target);
  const curl = attempts.at(-1)?.curl;
  return (
    <div class="actions">
      {canReplay && (
        <>
          <button type="button" class="primary" disabled={isBusy} onClick={() => replay()}>
            Replay
          </button>
          {targets.length > 0 && (
            <form onSubmit={tryElsewhere}>
              <select name="target" aria-label="Another target">
                {targets.map((target) => (
                  <option key={target} selected={target === elsewhere}>
                    {target}
                  </option>
                ))}
              </select>
              <button type="submit" disabled={isBusy}>
                Try elsewhere
              </button>
            </form>
          )}
        </>
      )}
      {curl && <CopyButton text={curl} name="Copy as curl" />}
      <button type="button" disabled={isBusy} onClick={save}>
        Save as cassette draft
      </button>
      <p role="status">{said}</p>
    </div>
  );
}

function download(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
