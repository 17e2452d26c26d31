import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineTool, ProviderError, type ToolOptions } from "@llm-provider/core";
import { afterAll, describe, expect, test } from "vitest";
import { type Cassettes, loadCassettes, recordTool } from "../src/index.ts";
import { explain } from "../src/kit/expect.ts";
import { toolChecks } from "../src/tool/tool-checks.ts";
import { type AnyToolFactory, createToolKit } from "../src/tool/tool-kit.ts";
import { describeTool } from "../src/vitest.ts";
import { lookUp } from "./fixtures/look-up.ts";

const folder = mkdtempSync(join(tmpdir(), "tool-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The endpoint of the fixture. */
const twin = async (url: string): Promise<Response> => {
  const query = new URL(url).searchParams.get("q");
  if (query === "refused") return Response.json({ error: "No." }, { status: 429 });
  const results =
    query === "nothing"
      ? []
      : [
          { title: `About ${query}`, url: "https://lookup.test/1" },
          { title: "More", url: "https://lookup.test/2" },
        ];
  return Response.json({ results });
};
const scenarios = {
  search: { query: "the sea", limit: 2 },
  empty: { query: "nothing" },
  refused: { query: "refused" },
};

await recordTool(lookUp, { cassettes: folder, scenarios, twin });
describeTool(lookUp, { cassettes: folder });

test("recording asks for the key by its variable's name where it is to talk to the endpoint", async () => {
  await expect(recordTool(lookUp, { cassettes: folder, scenarios })).rejects.toThrow(
    "Set LOOK_UP_API_KEY to record from look_up",
  );
});

test("a recording that was deleted is missed", () => {
  const copy = mkdtempSync(join(tmpdir(), "tool-"));
  cpSync(folder, copy, { recursive: true });
  expect(loadCassettes(copy).problems).toEqual([]);
  rmSync(join(copy, "empty.json"));
  expect(loadCassettes(copy).problems).toEqual(["empty.json is missing: index.json names it. Record it again."]);
  rmSync(copy, { recursive: true });
});

type ToolFault = {
  does: string;
  caughtBy: string;
  wrap?: (factory: AnyToolFactory) => AnyToolFactory;
  cassettes?: (cassettes: Cassettes) => Cassettes;
};

function wrapped(
  change: (tool: ReturnType<AnyToolFactory>, options: ToolOptions) => ReturnType<AnyToolFactory>,
): ToolFault["wrap"] {
  return (factory) =>
    Object.assign((options: ToolOptions = {}) => change(factory(options), options), { definition: factory.definition });
}

function running(
  change: (
    execute: ReturnType<AnyToolFactory>["execute"],
    options: ToolOptions,
  ) => ReturnType<AnyToolFactory>["execute"],
): ToolFault["wrap"] {
  return wrapped((tool, options) => {
    const execute = change(tool.execute, options);
    return {
      ...tool,
      execute,
      call: async (text, own) =>
        lookUp.definition.toText((await execute(parse(text), own)) as never, {
          maxCharacters: options.maxCharacters ?? 20_000,
        }),
    };
  });
}

/** Its own code has a bug where it should have thrown an error of this code. */
function crashingInside(code: ProviderError["code"]): ToolFault["wrap"] {
  const { definition } = lookUp;
  return () =>
    defineTool({
      ...definition,
      execute: (input, context) =>
        definition.execute(input, context).catch((error: ProviderError) => {
          throw error.code === code ? new TypeError("results is undefined") : error;
        }),
    });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderError("no JSON", { code: "tool-call-invalid", provider: "look-up" });
  }
}

const faults: ToolFault[] = [
  {
    does: "has no schema of an object",
    caughtBy: "describes-itself",
    wrap: wrapped((tool) => ({
      ...tool,
      spec: { ...tool.spec, function: { ...tool.spec.function, parameters: { type: "string" } } },
    })),
  },
  {
    does: "takes any input",
    caughtBy: "checks-its-input",
    wrap: running(
      (execute) => (input, options) =>
        execute(
          {
            query: "any",
            ...(input as object),
            limit: 1,
            ...(typeof (input as { query?: unknown } | null)?.query !== "string" && { query: "any" }),
          },
          options,
        ),
    ),
  },
  {
    does: "swallows refusals",
    caughtBy: "reads-recorded-answers",
    wrap: running(
      (execute) => (input, options) =>
        execute(input, options).catch((error: ProviderError) =>
          error.code === "rate-limit" ? { results: [] } : Promise.reject(error),
        ),
    ),
  },
  {
    does: "repeats the key in errors",
    caughtBy: "keeps-its-key-secret",
    wrap: running(
      (execute, { apiKey }) =>
        (input, options) =>
          execute(input, options).catch((error: Error) =>
            Promise.reject(Object.assign(error, { asked: `https://lookup.test/?key=${String(apiKey)}` })),
          ),
    ),
  },
  {
    does: "does not hear an abort",
    caughtBy: "stops-when-asked",
    wrap: running((execute) => (input, options) => execute(input, options?.signal?.aborted ? options : {})),
  },
  {
    does: "throws plain errors",
    caughtBy: "throws-provider-errors",
    wrap: running(
      (execute) => (input, options) =>
        execute(input, options).catch((error: ProviderError) =>
          Promise.reject(
            error.status
              ? Object.assign(new Error(error.message), { ...error, code: error.code, provider: error.provider })
              : error,
          ),
        ),
    ),
  },
  {
    does: "crashes on odd answers",
    caughtBy: "survives-odd-answers",
    wrap: running(
      (execute) => (input, options) =>
        execute(input, options).catch((error: ProviderError) =>
          Promise.reject(error.code === "invalid-response" ? new TypeError("results is undefined") : error),
        ),
    ),
  },
  {
    does: "crashes on odd answers inside, which core catches",
    caughtBy: "survives-odd-answers",
    wrap: crashingInside("invalid-response"),
  },
  { does: "crashes on a refusal inside", caughtBy: "reads-recorded-answers", wrap: crashingInside("rate-limit") },
  {
    does: "gives all of a long text",
    caughtBy: "limits-its-text",
    wrap: wrapped((tool) => ({
      ...tool,
      call: async (text, options) => `${await tool.call(text, options)}${" ".repeat(100)}`,
    })),
  },
  {
    does: "gives another output each time",
    caughtBy: "repeats-recorded-runs",
    wrap: running((execute) => async (input, options) => ({
      ...((await execute(input, options)) as object),
      at: Math.random(),
    })),
  },
  {
    does: "asks for something else than was recorded",
    caughtBy: "repeats-recorded-runs",
    wrap: running(
      (execute) => (input, options) =>
        execute(
          typeof (input as { limit?: unknown } | null)?.limit === "number" ? { ...(input as object), limit: 9 } : input,
          options,
        ),
    ),
  },
  {
    does: "tells the model another name",
    caughtBy: "works-with-a-model",
    wrap: wrapped((tool) => ({
      ...tool,
      call: (text, options) => tool.call(text, options),
      spec: {
        ...tool.spec,
        function: {
          ...tool.spec.function,
          get name() {
            return "look_up";
          },
          description: "Looks things up.",
          toJSON: () => ({ name: "other" }),
        } as never,
      },
    })),
  },
  {
    does: "records a person",
    caughtBy: "recordings-are-clean",
    cassettes: (all) => ({
      ...all,
      byScenario: new Map(
        [...all.byScenario].map(([name, cassette]) => [
          name,
          {
            ...cassette,
            interactions: cassette.interactions.map((one) => ({
              ...one,
              response: one.response.replace("More", "jane@lookup.test"),
            })),
          },
        ]),
      ),
    }),
  },
];

describe("a tool with a fault fails the check that is there for it", () => {
  test("and the right one fails none", async () => expect(await failing({})).toEqual([]));
  test.each(faults)("$caughtBy: it $does", async (fault) => {
    const failed = await failing(fault);
    expect(failed).toContain(fault.caughtBy);
    expect(failed.length).toBeLessThanOrEqual(5);
  });
  test("every check fails for one", () => {
    const caught = new Set(faults.map(({ caughtBy }) => caughtBy));
    expect(toolChecks.map(({ name }) => name).filter((name) => !caught.has(name))).toEqual([]);
  });
});

async function failing({ wrap, cassettes }: Partial<ToolFault>): Promise<string[]> {
  const recorded = loadCassettes(folder);
  const kit = createToolKit(wrap?.(lookUp) ?? lookUp, cassettes?.(recorded) ?? recorded);
  const failed: string[] = [];
  for (const check of toolChecks) {
    try {
      await check.run(kit);
    } catch (error) {
      expect(explain(error, undefined).length).toBeGreaterThan(0);
      failed.push(check.name);
    }
  }
  return failed;
}
