import { inspect } from "node:util";
import type { ProviderError } from "@llm-provider/core";
import { codeOf, same, truth } from "../kit/expect.ts";
import { leaks } from "../kit/leaks.ts";
import type { MockResponse } from "../server/mock-response.ts";
import { isKeyless, type RecordedRun, type ToolCheck, type ToolKit } from "./tool-kit.ts";
import { rejectionOf } from "../kit/expect.ts";
import { toResponse } from "../cassette/recorded-response.ts";

/** Where the key of a tool goes. */
export const toolKeyChecks: readonly ToolCheck[] = [
  {
    name: "keeps-its-key-secret",
    by: "faults",
    title:
      "the key goes to the endpoint and appears nowhere else; without one no request is sent, or one without a key where it is optional",
    async run(kit) {
      const { auth } = kit.definition;
      for (const run of kit.runs) {
        const { requests, ...seen } = await kit.replay(run);
        same(leaks(seen, kit.key), [], { at: "output or error", cassette: run.label });
        if (auth === "none" || requests.length === 0 || (auth.optional && isKeyless(run.interactions))) continue;
        const { url, headers, text } = requests[0]!;
        const sent = url + text + Object.values(headers).join(" ");
        truth(sent.includes(kit.key) || sent.includes(encodeURIComponent(kit.key)), "the key in the request", "none", {
          cassette: run.label,
        });
      }
      const [run] = kit.runs;
      // A tool that takes no key never got the one that is searched for below.
      if (!run || auth === "none") return;
      const replies: MockResponse[] = [
        ...[400, 401, 403, 429, 500].map((status) => ({
          status,
          headers: {},
          pieces: [JSON.stringify({ error: `Bad key ${kit.key}`, url: `https://x.test/?api_key=${kit.key}` })],
        })),
        { status: 502, headers: {}, pieces: [`<html>${kit.key}</html>`] },
        { ...toResponse(run.interactions[0]!), reset: true },
      ];
      for (const reply of replies) {
        const error = await rejectionOf(
          kit.tool(reply).tool.execute(run.input),
          "a refusal that repeats the key",
        ).catch((reason: unknown) => reason);
        same(leaks(error, kit.key), [], { at: `HTTP ${reply.status}, which repeats the key` });
      }
      const fetch = (url: string): Promise<Response> =>
        Promise.reject(new TypeError(`fetch failed for ${url} with ${kit.key}`));
      same(
        leaks(await rejectionOf(kit.tool([], { fetch }).tool.execute(run.input), "a fetch that fails"), kit.key),
        [],
        {
          at: "a fetch whose error names the URL",
        },
      );
      same(leaks(inspect(kit.tool([]).tool, { depth: 9, showHidden: true }), kit.key), [], { at: "the tool, printed" });
      const before = process.env[auth.env];
      delete process.env[auth.env];
      try {
        if (auth.optional) return await withoutKey(kit, run);
        const { tool, requests } = kit.tool([], { apiKey: undefined });
        const error = await rejectionOf(tool.execute(run.input), "no key");
        same([codeOf(error), requests.length], ["missing-key", 0], { at: "no key" });
        const { message, hint } = error as ProviderError;
        truth(
          `${message} ${hint}`.includes(auth.env) && `${message} ${hint}`.includes(auth.page),
          `a text with ${auth.env} and ${auth.page}`,
          `${message} ${hint}`,
        );
      } finally {
        if (before !== undefined) process.env[auth.env] = before;
      }
    },
  },
];

/** A key that is called optional is: the request goes out without one, and no empty header in its place. */
async function withoutKey(kit: ToolKit, run: RecordedRun): Promise<void> {
  const { tool, requests } = kit.tool(run.interactions.map(toResponse), { apiKey: undefined });
  const error = await tool.execute(run.input).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  truth(codeOf(error) !== "missing-key" && requests.length > 0, "a request without a key", error, { at: "no key" });
  const empty = requests
    .flatMap(({ headers }) => Object.entries(headers))
    .filter(([, value]) => /^(bearer)?\s*(undefined|null)?$/i.test(value));
  same(empty, [], { at: "no key, empty headers" });
}
