import type { Plan, PlannedRun, RunResult } from "@llm-provider/compare";
import { dollars, duration, ownEscape, paint, type CommandIo, type Paint } from "@llm-provider/testing/command";

/** What a person sees while a comparison runs. */
export interface CompareProgress {
  start(run: PlannedRun): void;
  end(result: RunResult): void;
  /** Draws the last state, and stops. */
  stop(): void;
}

/** Milliseconds between two drawings. */
const pause = 150;

type State = RunResult["outcome"] | "asked";
const marks: { readonly [state in State]: string } = { asked: "…", pass: "✓", fail: "✗", refusal: "–", error: "!" };

/** At a terminal a matrix of models and tasks that fills up; elsewhere a line for each answer. Both go to stderr. */
export function showProgress(
  plan: Plan,
  earlier: readonly RunResult[],
  isDrawn: boolean,
  io: CommandIo,
): CompareProgress {
  let done = earlier.length;
  const total = plan.runs.length;
  if (!isDrawn)
    return {
      start: () => {},
      end({ model, task, run, outcome, error, ms, cost }) {
        done++;
        const which = plan.runsPerTask > 1 ? `${task} (run ${run})` : task;
        const state = error ? `${outcome} ${error.code}` : outcome;
        const facts = [state, duration(ms), ...(cost === undefined ? [] : [dollars(cost)])];
        io.err(`[${done}/${total}] ${model}  ${which}  ${facts.join(" · ")}\n`);
      },
      stop: () => {},
    };

  const states = new Map<string, State[]>();
  const add = (model: string, task: string, state: State): void => {
    const key = JSON.stringify([model, task]);
    const all = (states.get(key) ?? []).filter((one) => one !== "asked");
    states.set(key, [...all, state]);
  };
  for (const { model, task, outcome } of earlier) add(model, task, outcome);
  let drawn = 0;
  const draw = (): void => {
    const lines = [...matrix(plan, states, io), `${done} of ${total} answers`];
    io.err(`${drawn > 0 ? `${ownEscape}[${drawn}A${ownEscape}[J` : ""}${lines.join("\n")}\n`);
    drawn = lines.length;
  };
  const timer = setInterval(draw, pause);
  return {
    start: ({ contender, task }) => add(contender.name, task.id, "asked"),
    end({ model, task, outcome }) {
      done++;
      add(model, task, outcome);
    },
    stop() {
      clearInterval(timer);
      draw();
    },
  };
}

/** A row for each model: a mark for each task where there is room, and the counts. */
function matrix({ contenders, suite }: Plan, states: ReadonlyMap<string, readonly State[]>, io: CommandIo): string[] {
  const { green, red, yellow, dim } = paint(io);
  const colours: { readonly [state in State]: Paint } = {
    asked: dim,
    pass: green,
    fail: red,
    refusal: yellow,
    error: yellow,
  };
  const names = contenders.map(({ name }) => name);
  const width = Math.min(34, Math.max(...names.map((name) => name.length)));
  const counts = (all: readonly State[]): string =>
    (["pass", "fail", "refusal", "error"] as const)
      .flatMap((state) => {
        const count = all.filter((one) => one === state).length;
        return count === 0 && state !== "pass" ? [] : [colours[state](`${count} ${state}`)];
      })
      .join(" ");
  const room = io.columns - width - 40;
  return names.map((name) => {
    const cells = suite.tasks.map(({ id }) => states.get(JSON.stringify([name, id])) ?? []);
    // Of several runs the worst is shown: a task that passes sometimes is not solved.
    const worst = (all: readonly State[]): State | undefined =>
      (["asked", "error", "refusal", "fail", "pass"] as const).find((state) => all.includes(state));
    const shown = cells.map((all) => {
      const state = worst(all);
      return state ? colours[state](marks[state]) : dim("·");
    });
    const label = name.length > width ? `${name.slice(0, width - 1)}…` : name.padEnd(width);
    return `${label}  ${shown.length <= room ? `${shown.join("")}  ` : ""}${counts(cells.flat())}`;
  });
}
