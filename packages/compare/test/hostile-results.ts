import type { Results } from "../src/results/results.ts";
import { summarize } from "../src/statistics/summarize.ts";

/** Texts that try to break out of a page or a terminal. */
export const hostileTexts: readonly string[] = [
  `<img src=x onerror="globalThis.broken=true">`,
  `</script><script>globalThis.broken=true</script>`,
  `<!--<script>`,
  `]]></pre></dialog><iframe src="javascript:globalThis.broken=true"></iframe>`,
  `" autofocus onfocus="globalThis.broken=true`,
  "' onmouseover='globalThis.broken=true",
  "\u001B]0;owned\u0007\u001B[2J\u001B]52;c;bXk=\u0007 cleared",
  "if (\u202E/* hidden */\u2066) return",
  "${globalThis.broken=true} {{7*7}} $& $1 \\u003c",
  "\u2028\u2029\u0000\uD800 end",
];

/** Results in which every text from a model, a task or an endpoint is hostile. */
export function hostileResults(): Results {
  const models = ["acme:good", `acme:${hostileTexts[1]}`];
  const tasks = hostileTexts.map((text, index) => ({
    id: `${index} ${text}`,
    prompt: text,
    system: text,
    checks: [text],
  }));
  const runs = tasks.flatMap(({ id, prompt: text }, index) =>
    models.map((model) => ({
      model,
      task: id,
      run: 1,
      outcome: index % 3 === 0 ? ("error" as const) : index % 3 === 1 ? ("fail" as const) : ("refusal" as const),
      checks: [
        { name: text, pass: false, reason: text, tests: [{ name: text, pass: false, reason: `${text}\n${text}` }] },
      ],
      ...(index % 3 === 0 && { error: { code: text, message: text, hint: text } }),
      ms: 100 + index,
      answer: text,
      reasoning: text,
      toolCalls: [{ name: text, arguments: text }],
      finishReason: text,
      changes: [text],
    })),
  );
  return {
    version: 1,
    date: `2026-11-29T00:00:00.000Z`,
    suite: { name: `Suite ${hostileTexts[0]}`, tasks },
    runsPerTask: 1,
    models: summarize(runs, models),
    runs,
  };
}
