import { describe, expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { forms } from "./forms/forms.ts";
import { type Fragment, type ToolCallForm, toolCallForms, unique } from "./forms/tool-call-forms.ts";
import { chunkings } from "./support/chunkings.ts";
import { completion, delta, done, fakeFetch, finish, sse } from "./support/fake-fetch.ts";
import { ask, expectAsWanted } from "./support/wire-case.ts";
import { contradictions } from "./support/contradictions.ts";

describe.each(Object.entries(forms))("forms of kind %s", (_, rows) => {
  it.each(rows.flatMap((one) => one.how.map((how) => ({ what: one.what, how, one }))))(
    "$what, by $how",
    async ({ one, how }) => {
      // Cuts at every byte take 10 s, so they run in wire-forms.slow.test.ts.
      await expectAsWanted(one, how, { everyByte: false });
    },
  );
});

describe("fragments of tool calls are assigned to the right call", () => {
  it.each(toolCallForms)("$what", async (form) => {
    const body = sse(
      ...form.chunks.map((calls) => delta({ tool_calls: calls.map(onWire) })),
      finish("tool_calls"),
      done,
    );
    for (const { name, pieces } of chunkings(body)) {
      const client = acme({}, { ...fakeFetch({ body: pieces }), maxRetries: 0 });
      expectCalls(form, await ask(client, "stream", hello), name);
    }
  });

  // In a whole answer each entry with a name and arguments is a separate call.
  const whole = toolCallForms.filter(({ chunks, calls }) => chunks.flat().length === calls.length);
  it.each(whole)("in a whole answer: $what", async (form) => {
    const body = JSON.stringify(
      completion({ content: null, tool_calls: form.chunks.flat().map(onWire) }, "tool_calls"),
    );
    for (const how of ["chat", "stream"] as const) {
      const client = acme({}, { ...fakeFetch({ body }), maxRetries: 0 });
      expectCalls(form, await ask(client, how, hello), how);
    }
  });

  it("starts a call at its first argument, not at its name", async () => {
    const body = sse(
      delta({ tool_calls: [onWire([0, "a", "wea", ""])] }),
      delta({ content: "x" }),
      delta({ tool_calls: [onWire([0, undefined, "ther", ""])] }),
      delta({ tool_calls: [onWire([0, undefined, undefined, '{"city":"Oslo"}'])] }),
      finish("tool_calls"),
      done,
    );
    const { events } = await ask(acme({}, fakeFetch({ body })), "stream", hello);
    expect(events.map(({ type }) => type)).toEqual([
      "start",
      "text",
      "tool-call-start",
      "tool-call-delta",
      "tool-call",
      "finish",
    ]);
    expect(events[2]).toMatchObject({ id: "a", name: "weather" });
  });

  it("joins 16,000 fragments with a name and no id in linear time", async () => {
    const time = async (count: number): Promise<number> => {
      const chunks = Array.from({ length: count }, () =>
        delta({ tool_calls: [onWire([0, undefined, "weather", " "])] }),
      );
      const client = acme({}, { ...fakeFetch({ body: sse(...chunks, finish("tool_calls"), done) }), maxRetries: 0 });
      const began = performance.now();
      await ask(client, "stream", hello);
      return performance.now() - began;
    };
    await time(1000);
    expect(await time(16_000)).toBeLessThan(2000);
  });
});

function onWire([index, id, name, text]: Fragment): object {
  return {
    ...(index !== undefined && { index }),
    ...(id !== undefined && { id, type: "function" }),
    ...((name !== undefined || text !== undefined) && {
      function: { ...(name !== undefined && { name }), ...(text !== undefined && { arguments: text }) },
    }),
  };
}

function expectCalls(
  { calls, because }: ToolCallForm,
  { events, result, error }: Awaited<ReturnType<typeof ask>>,
  where: string,
): void {
  if (error) throw error;
  if (events.length > 0) expect(contradictions({ events, result }), where).toEqual([]);
  const got = result!.toolCalls;
  expect(
    got.map(({ name, arguments: text }) => [name, text]),
    `${where}: ${because}`,
  ).toEqual(calls.map(([, name, text]) => [name, text]));
  for (const [index, [id]] of calls.entries())
    if (id !== unique) expect(got[index]!.id, `${where}: ${because}`).toBe(id);
  expect(new Set(got.map(({ id }) => id)).size, where).toBe(got.length);
  expect(result!.message.tool_calls?.map(({ id }) => id) ?? []).toEqual(got.map(({ id }) => id));
}
