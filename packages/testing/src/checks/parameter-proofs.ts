import type { ParameterRule } from "@llm-provider/core";
import { isEssential, readPath, sourceOf } from "@llm-provider/core/internal";
import { failure, same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { type RuleCase, rulesOfKind } from "../kit/rule-cases.ts";
import { isAbout, type Kind, mappedTo, rulesOf } from "../kit/rule-oracle.ts";
import { afterRequestQuirks, sameRefusal, send, type Sent } from "../kit/send.ts";

/** Runs a proof for every case of every rule of these kinds. A rule that no request can trigger is a mistake in the definition. */
export async function prove(kit: Kit, of: readonly Kind[], run: (one: RuleCase) => Promise<unknown>): Promise<void> {
  for (const kind of of) {
    for (const { rule, path, cases } of rulesOfKind(kit.definition, kind)) {
      if (cases.length === 0) {
        const expected =
          "a request for which this rule decides: its models and conditions can be met, and no earlier rule hides it";
        throw failure({ at: path, expected, got: "none", fact: { path, source: rule.source } });
      }
      for (const one of cases) await run(one);
    }
  }
}

export async function omitted(kit: Kit, one: RuleCase): Promise<void> {
  if (isEssential(one.name, valueOf(one))) return refused(kit, one);
  const { asked, body } = await send(kit, one.request);
  same([asked[one.name], readPath(body, [one.name])], [undefined, undefined], about(one));
}

export async function refused(kit: Kit, one: RuleCase): Promise<void> {
  const at = `${one.path}, which is essential`;
  await sameRefusal(kit, one.request, "unsupported-parameter", { ...about(one), at });
}

export async function reported(kit: Kit, one: RuleCase): Promise<void> {
  const { rule, name, path } = one;
  const leavesOut = "rejected" in rule || "conflictsWith" in rule || "range" in rule;
  if (leavesOut && isEssential(name, valueOf(one))) return;
  const { result } = await send(kit, one.request);
  const { action, ...expected } = expectedChange(one);
  const names = [name, renameOf(kit, one)];
  const fact = { path, value: rule, source: rule.source };
  const change = result.changes.find((candidate) => names.includes(candidate.parameter) && candidate.action === action);
  if (!change)
    throw failure({ at: path, expected: { parameter: name, action, ...expected }, got: result.changes, fact });
  same({ from: change.from, to: change.to }, expected, { at: `${path}, from and to`, fact });
  same(change.source, sourceOf(kit.definition, rule.source).url, { at: `${path}, source`, fact });
  truth(typeof change.reason === "string" && change.reason.length > 10, "a reason in words", change.reason, {
    at: path,
    fact,
  });
}

function expectedChange(one: RuleCase): { action: string; from: unknown; to?: unknown } {
  const { rule, name } = one;
  const from = valueOf(one);
  if ("renamed" in rule) return { action: "renamed", from: name, to: rule.renamed };
  if ("values" in rule) return { action: "mapped", from, to: mappedTo(rule, from) };
  if ("range" in rule)
    return { action: "clamped", from, to: (from as number) < rule.range[0] ? rule.range[0] : rule.range[1] };
  if ("set" in rule) return { action: "set", from, to: rule.set };
  return { action: "ignored" in rule ? "ignored" : "dropped", from };
}

/** A request quirk may change the parameter last. */
export function arrives(kit: Kit, sent: Sent, one: RuleCase, value: unknown): void {
  const target = renameOf(kit, one);
  same(sent.asked[target], afterRequestQuirks(kit, sent.body, target, value), about(one));
}

/** A parameter may have a rule on values and a rename. */
function renameOf({ definition }: Kit, { name, request }: RuleCase): string {
  const rename = rulesOf(definition, name).find((rule) => "renamed" in rule && isAbout(rule, request));
  return rename && "renamed" in rename ? rename.renamed : name;
}

export function valueOf(one: RuleCase): unknown {
  return one.request[one.name];
}

export function about({ path, rule, request, name }: RuleCase): {
  at: string;
  fact: { path: string; value: unknown; source: ParameterRule["source"] };
} {
  return {
    at: `${path}, sent ${JSON.stringify(request[name])} to ${request.model}`,
    fact: { path, value: rule, source: rule.source },
  };
}
