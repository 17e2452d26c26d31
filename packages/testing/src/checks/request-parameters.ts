import { isDeepStrictEqual } from "node:util";
import type { ParameterRule } from "@llm-provider/core";
import { isEssential } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { same, truth } from "../kit/expect.ts";
import { type Kind, mappedTo, rulesOf } from "../kit/rule-oracle.ts";
import { afterRequestQuirks, sameRefusal, send, sendStream } from "../kit/send.ts";
import { isTouched } from "../scenario/capabilities.ts";
import { about, arrives, omitted, prove, refused, reported, valueOf } from "./parameter-proofs.ts";

const kinds: readonly Kind[] = ["conflictsWith", "rejected", "renamed", "values", "range", "set", "ignored"];

/** The parameters of a request: every rule of the definition, on the wire. */
export const requestParameters: readonly Check[] = [
  {
    name: "adds-nothing-to-requests",
    by: "requests",
    title: "only what the caller asked for is sent",
    async run(kit) {
      const request = kit.request({ stop: undefined, temperature: undefined });
      for (const { body, asked, request: arrived } of [await send(kit, request), await sendStream(kit, request)]) {
        const bare = { model: asked.model, messages: asked.messages };
        const allowed = new Set(["model", "messages", "stream", "stream_options"]);
        for (const quirk of kit.definition.quirks ?? [])
          for (const name of Object.keys(quirk.request?.(bare as never) ?? {})) allowed.add(name);
        const extra = Object.keys(asked).filter((name) => !allowed.has(name));
        same(extra, [], { at: arrived.method });
        truth(!Object.values(body).includes(null), "no null", body);
      }
    },
  },
  {
    name: "omits-rejected-parameters",
    by: "requests",
    title: "a parameter that the endpoint rejects is never sent; a request with an essential one is refused instead",
    applies: ({ parameters }) => parameters !== undefined,
    run: (kit) => prove(kit, ["rejected"], async (one) => omitted(kit, one)),
  },
  {
    name: "renames-parameters",
    by: "requests",
    title: "a renamed parameter arrives under its new name; if both are set, the new name wins",
    applies: ({ parameters }) => parameters !== undefined,
    run: (kit) =>
      prove(kit, ["renamed"], async (one) => {
        const { renamed } = one.rule as Extract<ParameterRule, { renamed: string }>;
        const { asked } = await send(kit, one.request);
        same([asked[one.name], asked[renamed]], [undefined, valueOf(one)], about(one));
        const both = await send(kit, { ...one.request, [renamed]: 5 });
        same([both.asked[one.name], both.asked[renamed]], [undefined, 5], {
          ...about(one),
          at: `${one.path}, with ${renamed} set too`,
        });
      }),
  },
  {
    name: "clamps-numbers",
    by: "requests",
    title: "a number outside the endpoint's range arrives as the nearest number inside it",
    applies: ({ parameters }) => parameters !== undefined,
    run: (kit) =>
      prove(kit, ["range"], async (one) => {
        const { range } = one.rule as Extract<ParameterRule, { range: readonly [number, number] }>;
        const value = valueOf(one) as number;
        if (isEssential(one.name, value)) return refused(kit, one);
        const sent = await send(kit, one.request);
        arrives(kit, sent, one, value < range[0] ? range[0] : range[1]);
        const bound = range.findLast(Number.isFinite)!;
        const inside = await send(kit, { ...one.request, [one.name]: bound });
        return arrives(kit, inside, one, bound);
      }),
  },
  {
    name: "maps-values",
    by: "requests",
    title: "a value that the endpoint knows under another name is mapped",
    applies: ({ parameters }) => parameters !== undefined,
    run: (kit) =>
      prove(kit, ["values"], async (one) => {
        const rule = one.rule as Extract<ParameterRule, { values: object }>;
        arrives(kit, await send(kit, one.request), one, mappedTo(rule, valueOf(one)));
      }),
  },
  {
    name: "sets-parameters",
    by: "requests",
    title:
      "a parameter that the endpoint needs at one value arrives with that value, whatever the caller wrote or left out",
    applies: ({ parameters }) => parameters !== undefined,
    run: (kit) =>
      prove(kit, ["set"], async (one) => {
        const { set } = one.rule as Extract<ParameterRule, { set: unknown }>;
        arrives(kit, await send(kit, one.request), one, set);
        const { [one.name]: _said, ...silent } = one.request;
        arrives(kit, await send(kit, silent as typeof one.request), one, set);
      }),
  },
  {
    name: "resolves-conflicts",
    by: "requests",
    title: "if two parameters exclude each other, the one with the rule is left out",
    applies: ({ parameters }) => parameters !== undefined,
    run: (kit) =>
      prove(kit, ["conflictsWith"], async (one) => {
        if (isEssential(one.name, valueOf(one))) return refused(kit, one);
        const { conflictsWith } = one.rule as Extract<ParameterRule, { conflictsWith: readonly string[] }>;
        const { asked } = await send(kit, one.request);
        same(asked[one.name], undefined, about(one));
        const rival = conflictsWith[0]!;
        if (rulesOf(kit.definition, rival).length === 0)
          same(asked[rival], one.request[rival], { ...about(one), at: `${one.path}, the other one` });
        return undefined;
      }),
  },
  {
    name: "sends-ignored-parameters",
    by: "requests",
    title: "a parameter without effect is sent unchanged",
    applies: ({ parameters }) => parameters !== undefined,
    run: (kit) => prove(kit, ["ignored"], async (one) => arrives(kit, await send(kit, one.request), one, valueOf(one))),
  },
  {
    name: "reports-changes",
    by: "requests",
    title: "`changes` says for each applied rule what was done, the old and the new value, the reason and the page",
    applies: ({ parameters }) => parameters !== undefined,
    run: (kit) => prove(kit, kinds, async (one) => reported(kit, one)),
  },
  {
    name: "refuses-instead-of-dropping",
    by: "requests",
    title: 'with onUnsupported "error", a request whose parameter would be left out is refused before it is sent',
    applies: ({ parameters }) => parameters !== undefined,
    run: (kit) =>
      prove(kit, ["rejected", "conflictsWith"], async (one) => {
        await sameRefusal(kit, one.request, "unsupported-parameter", about(one), { onUnsupported: "error" });
      }),
  },
  {
    name: "passes-unknown-parameters",
    by: "requests",
    title: "a parameter that the definition does not name is passed on; one that looks misspelt is also reported",
    async run(kit) {
      const value = { deep: [1, { two: "2" }] };
      const { asked, result } = await send(kit, kit.request({ x_vendor_extra: value }));
      same(asked["x_vendor_extra"], value, { at: "x_vendor_extra" });
      same(result.changes, [], { at: "changes for x_vendor_extra" });
      const slip = await send(kit, kit.request({ temprature: 0.5 }));
      same(slip.asked["temprature"], 0.5, { at: "temprature" });
      truth(
        slip.result.changes.some(
          (change) => change.parameter === "temprature" && change.reason.includes("temperature"),
        ),
        "a change that names temperature",
        slip.result.changes,
      );
    },
  },
  {
    name: "passes-parameters-unchanged",
    by: "requests",
    title: "parameters without a rule arrive as they were given",
    async run(kit) {
      const look = {
        type: "object",
        properties: { q: { type: "string" } },
        required: ["q"],
        additionalProperties: false,
      };
      const plain: [name: string, value: unknown][] = [
        ["temperature", 0.7],
        ["top_p", 0.8],
        ["max_tokens", 321],
        ["stop", ["END", "\n\n"]],
        // Another wire format may have only the list.
        ...(kit.definition.dialect.settings ? [["stop", "END"] as [string, unknown]] : []),
        ["seed", 9_007_199_254_740_991],
        ["presence_penalty", 0.25],
        ["frequency_penalty", -0.25],
        ["user", "user-7"],
        [
          "tools",
          [
            {
              type: "function",
              function: { name: "look_up", description: "Looks up.", strict: true, parameters: look },
            },
          ],
        ],
        ["tool_choice", "auto"],
        ["response_format", { type: "json_object" }],
        ["metadata", { trace: "1" }],
        // An empty value counts as absent in a condition, but not here.
        ["temperature", 0],
        ["seed", 0],
        ["presence_penalty", 0],
        ["parallel_tool_calls", false],
      ];
      for (const [name, value] of plain) {
        if (isTouched(kit.definition, kit.request({ [name]: value }), name)) continue;
        const { asked, body, result } = await send(kit, kit.request({ [name]: value }));
        const wanted = afterRequestQuirks(kit, body, name, value);
        same(asked[name], wanted, { at: name });
        // A quirk's result is a change.
        if (!isDeepStrictEqual(wanted, value)) continue;
        same(
          // A dialect may report the value under its own name.
          result.changes.filter(
            ({ parameter, action }) => parameter === name && action !== "renamed" && action !== "ignored",
          ),
          [],
          { at: `changes for ${name}` },
        );
      }
    },
  },
];
