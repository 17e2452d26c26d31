import type { Results, RunResult } from "../../results/results.ts";

/** Values that are written into the page along with the script. */
interface PageTools {
  visible(text: string): string;
  readonly marks: { readonly [outcome: string]: string };
}

/**
 * The script of the report. Its source is copied into the page, so it must not refer to anything outside itself. A model's text
 * becomes a text node, never markup, and only when a reader opens the answer.
 */
export function openAnswers({ visible, marks }: PageTools): void {
  const find = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector)!;
  const dialog = find("#answer") as HTMLDialogElement;
  const body = find("#answer-body");
  const rows = [...document.querySelectorAll<HTMLTableRowElement>(".matrix tbody tr")];
  const models = [...document.querySelectorAll<HTMLElement>(".matrix thead th[title]")];
  const modelIds: string[] = JSON.parse(find("#models").textContent);
  let results: Results | undefined;
  let current: HTMLButtonElement | undefined;

  const element = (name: string, className: string, ...children: (Node | string)[]): HTMLElement => {
    const made = document.createElement(name);
    if (className !== "") made.className = className;
    made.append(...children);
    return made;
  };
  const text = (name: string, className: string, content: string): HTMLElement => {
    const made = element(name, className, visible(content));
    made.dir = "auto";
    return made;
  };
  const folded = (summary: string, content: string): HTMLElement =>
    element("details", "", element("summary", "", summary), text("pre", "", content));

  function cellAt(row: number, column: number): HTMLButtonElement | undefined {
    return rows[row]?.querySelector<HTMLButtonElement>(`button[data-column="${column}"]`) ?? undefined;
  }

  function moveTo(button: HTMLButtonElement | undefined): void {
    if (!button) return;
    for (const other of document.querySelectorAll<HTMLButtonElement>('.matrix button[tabindex="0"]'))
      other.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  }

  /** The next button in a direction. Hidden rows and cells without a run are skipped. */
  function next(from: HTMLButtonElement, down: number, right: number): HTMLButtonElement | undefined {
    let row = Number(from.dataset["row"]) + down;
    let column = Number(from.dataset["column"]) + right;
    for (; rows[row] && column >= 0 && column < models.length; row += down, column += right) {
      const button = rows[row]!.hidden ? undefined : cellAt(row, column);
      if (button) return button;
    }
    return undefined;
  }

  /** The button that is the given number of visible rows away, or in the first or last row. */
  function turn(from: HTMLButtonElement, by: number): HTMLButtonElement | undefined {
    const shown = rows.filter((row) => !row.hidden && row.querySelector("button"));
    const row = shown[Math.min(shown.length - 1, Math.max(0, shown.indexOf(from.closest("tr")!) + by))]!;
    return cellAt(rows.indexOf(row), Number(from.dataset["column"])) ?? row.querySelector("button")!;
  }

  function inRow(from: HTMLButtonElement | undefined, place: number): HTMLButtonElement | undefined {
    return [...(from?.closest("tr")!.querySelectorAll("button") ?? [])].at(place);
  }

  const moves: { readonly [key: string]: (from: HTMLButtonElement, isFar: boolean) => HTMLButtonElement | undefined } =
    {
      ArrowDown: (from) => next(from, 1, 0),
      ArrowUp: (from) => next(from, -1, 0),
      ArrowRight: (from) => next(from, 0, 1),
      ArrowLeft: (from) => next(from, 0, -1),
      PageDown: (from) => turn(from, 10),
      PageUp: (from) => turn(from, -10),
      Home: (from, isFar) => inRow(isFar ? turn(from, -Infinity) : from, 0),
      End: (from, isFar) => inRow(isFar ? turn(from, Infinity) : from, -1),
    };
  find(".matrix").addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLButtonElement) || !Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    moveTo(moves[event.key]!(event.target, event.ctrlKey));
  });
  find(".matrix").addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>(".matrix button") : null;
    if (button) open(button);
  });

  function open(button: HTMLButtonElement, run?: number): void {
    results ??= JSON.parse(find("#results").textContent) as Results;
    current = button;
    const task = results.suite.tasks[Number(button.dataset["row"])]!;
    const model = modelIds[Number(button.dataset["column"])]!;
    const ofTask = results.runs.filter((one) => one.task === task.id);
    const own = ofTask.filter((one) => one.model === model).sort((a, b) => a.run - b.run);
    const shown = own.find((one) => one.run === run) ?? own[0]!;
    find("#answer-title").replaceChildren(visible(task.id));
    body.replaceChildren(
      others(ofTask, shown),
      element(
        "p",
        "outcome",
        text("strong", "", model),
        ` run ${shown.run}: `,
        element("b", shown.outcome, `${marks[shown.outcome]} ${shown.outcome}`),
        ` ${facts(shown)}`,
      ),
      ...(shown.error ? [failure(shown.error)] : []),
      ...(shown.checks.length > 0 ? [checks(shown.checks)] : []),
      folded(
        "The task",
        [
          task.system ? `System: ${task.system}\n\n` : "",
          task.prompt,
          ...task.checks.map((check) => `\n\nCheck: ${check}`),
        ].join(""),
      ),
      ...(shown.reasoning ? [folded("Reasoning", shown.reasoning)] : []),
      ...(shown.answer
        ? [text("pre", "said", shown.answer)]
        : shown.error
          ? []
          : [element("p", "muted", "The answer has no text.")]),
      ...(shown.toolCalls ?? []).map((call) => text("pre", "said", `${call.name}(${call.arguments})`)),
      ...(shown.changes?.length ? [folded("Changes to the request", shown.changes.join("\n"))] : []),
    );
    (find("#next-task") as HTMLButtonElement).disabled = !next(button, 1, 0);
    (find("#previous-task") as HTMLButtonElement).disabled = !next(button, -1, 0);
    if (!dialog.open) dialog.showModal();
    body.scrollTop = 0;
  }

  /** Buttons that switch between all answers to this task. */
  function others(ofTask: readonly RunResult[], shown: RunResult): HTMLElement {
    const list = element("ul", "others");
    modelIds.forEach((model, column) => {
      const runs = ofTask.filter((one) => one.model === model).sort((a, b) => a.run - b.run);
      if (runs.length === 0) return;
      const name = models[column]!.textContent;
      const buttons = runs.map((one) => {
        const button = element("button", one.outcome, marks[one.outcome]!) as HTMLButtonElement;
        button.type = "button";
        button.ariaLabel = `${name}, run ${one.run}: ${one.outcome}`;
        if (one === shown) button.setAttribute("aria-current", "true");
        button.addEventListener("click", () => {
          open(cellAt(Number(current!.dataset["row"]), column)!, one.run);
          body.querySelector<HTMLElement>("[aria-current]")?.focus();
        });
        return button;
      });
      list.append(element("li", "", text("span", "", name), ...buttons));
    });
    return list;
  }

  function facts({ ms, firstContentMs, usage, cost, finishReason }: RunResult): string {
    const time = (span: number): string => (span < 1000 ? `${Math.round(span)} ms` : `${(span / 1000).toFixed(1)} s`);
    return [
      time(ms),
      ...(firstContentMs === undefined ? [] : [`first content ${time(firstContentMs)}`]),
      ...(usage ? [`${usage.inputTokens} tokens in, ${usage.outputTokens} out`] : []),
      ...(cost === undefined ? [] : [cost === 0 ? "free" : `$${Number(cost.toPrecision(2))}`]),
      ...(finishReason ? [`ended by ${visible(finishReason)}`] : []),
    ]
      .map((fact) => `· ${fact}`)
      .join(" ");
  }

  function failure({ code, message, hint }: NonNullable<RunResult["error"]>): HTMLElement {
    return element(
      "div",
      "failure",
      text("b", "", code),
      text("pre", "", message),
      ...(hint ? [text("p", "", hint)] : []),
    );
  }

  function checks(
    all: readonly { name: string; pass: boolean; reason?: string; tests?: RunResult["checks"][number]["tests"] }[],
  ): HTMLElement {
    const list = element("ul", "checks");
    for (const { name, pass, reason, tests } of all) {
      const item = element(
        "li",
        pass ? "pass" : "fail",
        element("b", "", pass ? "✓ passed " : "✗ failed "),
        text("span", "", name),
      );
      if (reason)
        item.append(
          reason.length < 120 && !reason.includes("\n") ? text("span", "why", `: ${reason}`) : text("pre", "", reason),
        );
      if (tests?.length) item.append(checks(tests));
      list.append(item);
    }
    return list;
  }

  for (const [id, way] of [
    ["#previous-task", -1],
    ["#next-task", 1],
  ] as const) {
    find(id).addEventListener("click", () => {
      const button = next(current!, way, 0);
      if (button) open(button);
    });
  }
  find("#close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => moveTo(current));

  // Content that is folded on the screen is printed.
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>("main details")) details.open = true;
  });

  const filter = find("#show") as HTMLSelectElement;
  filter.addEventListener("change", () => {
    let count = 0;
    for (const row of rows) {
      row.hidden = filter.value !== "" && !row.dataset["kind"]!.split(" ").includes(filter.value);
      if (!row.hidden) count++;
    }
    find("#shown").textContent = `${count} of ${rows.length} tasks`;
    // The Tab key has to reach a visible row.
    const entry = document.querySelector<HTMLButtonElement>('.matrix button[tabindex="0"]');
    const visibleEntry = rows.find((row) => !row.hidden)?.querySelector("button");
    if (entry?.closest("tr")?.hidden && visibleEntry) {
      entry.tabIndex = -1;
      visibleEntry.tabIndex = 0;
    }
  });
  find("#filter").hidden = false;
}
