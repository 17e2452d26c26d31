import { ProviderError } from "@llm-provider/core";
import { codeOf, failure, plain, same, truth } from "../kit/expect.ts";
import { requireCleanCassettes } from "../kit/leaks.ts";
import { type ToolCheck } from "./tool-kit.ts";
import { rejectionOf } from "../kit/expect.ts";
import { answered } from "./tool-kit.ts";
import { toResponse } from "../cassette/recorded-response.ts";

/** How a tool handles answers. */
export const toolAnswerChecks: readonly ToolCheck[] = [
  {
    name: "reads-recorded-answers",
    by: "cassettes",
    title: "every recorded answer becomes an output with a text, and every recorded refusal an error",
    async run(kit) {
      if (kit.runs.length === 0)
        throw failure({ expected: "a cassette with an `asked`, which is the tool's input", got: "none" });
      for (const run of kit.runs) {
        const { output, error } = await kit.replay(run);
        const isRefused = run.interactions.some(({ status }) => status >= 400);
        // A tool may ask in another way what an older server refused: then the last answer counts.
        const mayRecover = isRefused && run.interactions.at(-1)!.status < 400 && error === undefined;
        if (isRefused && !mayRecover)
          truth(
            ProviderError.is(error) && error.code !== "tool-failed",
            "a ProviderError of the tool's own",
            error ?? output,
            { cassette: run.label },
          );
        else if (error !== undefined)
          truth(ProviderError.is(error) && error.body !== undefined, "an output, or the refusal in the answer", error, {
            cassette: run.label,
          });
        if (error === undefined) {
          const text = kit.definition.toText(output, { maxCharacters: 20_000 });
          truth(typeof text === "string" && text.trim() !== "", "a text", text, { cassette: run.label });
        }
      }
    },
  },
  {
    name: "throws-provider-errors",
    by: "faults",
    title: "every refusal is a ProviderError with a code and a message, whatever its body is",
    async run(kit) {
      const [run] = kit.runs;
      if (!run) return;
      const bodies = [
        '{"error":"It went wrong."}',
        "<html><body>Bad Gateway</body></html>",
        "",
        "[]",
        "null",
        '{"error":{"message":"It went wrong."}}',
      ];
      for (const status of [400, 401, 403, 404, 429, 500, 502, 503]) {
        for (const body of bodies) {
          const at = `HTTP ${status} with ${body || "nothing"}`;
          const error = await rejectionOf(
            kit.tool({ status, headers: {}, pieces: [body] }).tool.execute(run.input),
            at,
          );
          truth(ProviderError.is(error), "a ProviderError", error, { at });
          const { message, provider: id, status: told } = error as ProviderError;
          truth(message.trim().length > 3, "a readable message", message, { at });
          same([id, told], [kit.definition.id, status], { at: `${at}, provider and status` });
          if (status === 401) same(codeOf(error), "invalid-key", { at });
          if (status >= 500)
            truth((error as ProviderError).retryable, "retryable", (error as ProviderError).retryable, { at });
        }
      }
    },
  },
  {
    name: "survives-odd-answers",
    by: "faults",
    title: "an answer in an unexpected form is an error or an empty output, not a crash",
    async run(kit) {
      const [run] = kit.runs;
      if (!run) return;
      for (const body of ["{}", "[]", "null", '"text"', "<html></html>", "", '{"results":null}']) {
        const at = `200 with ${body || "nothing"}`;
        const outcome = await kit
          .tool({ status: 200, headers: {}, pieces: [body] })
          .tool.execute(run.input)
          .then(
            (output: unknown) => ({ output }),
            (error: unknown) => ({ error }),
          );
        if ("error" in outcome)
          truth(
            ProviderError.is(outcome.error) && !["network", "tool-failed"].includes(codeOf(outcome.error)),
            "a ProviderError that says what came",
            outcome.error,
            { at },
          );
        else
          truth(
            kit.definition.toText(outcome.output, { maxCharacters: 1000 }).trim() !== "",
            "a text that says so",
            outcome.output,
            { at },
          );
      }
    },
  },
  {
    name: "limits-its-text",
    by: "cassettes",
    title: "the text for a model is at most `maxCharacters` long",
    async run(kit) {
      for (const run of answered(kit)) {
        for (const maxCharacters of [80, 500, 20_000]) {
          const { tool } = kit.tool(run.interactions.map(toResponse), { maxCharacters });
          const text = await tool.call(JSON.stringify(run.input)).catch(() => "");
          truth(text.length <= maxCharacters, `at most ${maxCharacters} characters`, text.length, {
            cassette: run.label,
          });
        }
      }
    },
  },
  {
    name: "repeats-recorded-runs",
    by: "cassettes",
    title: "the same answer gives the same output",
    async run(kit) {
      for (const run of kit.runs) {
        const [first, second] = [await kit.replay(run), await kit.replay(run)];
        same(plain(second.output), plain(first.output), { at: "output", cassette: run.label });
      }
    },
  },
  {
    name: "recordings-are-clean",
    by: "cassettes",
    title: "every cassette is unchanged, says where it comes from, and contains no key, account or machine",
    run(kit) {
      truth(kit.cassettes.problems.length === 0, "cassettes as they were written", kit.cassettes.problems.join(" "));
      requireCleanCassettes(kit.cassettes.byScenario.values());
    },
  },
];
