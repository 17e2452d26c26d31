import { findRefused } from "../search/find-refused.ts";
import { ParameterBench } from "../search/parameter-bench.ts";
import type { Context } from "./context.ts";
import { isPlain, plainChat } from "./plain-chat.ts";

/** Models of other families: one model of each gets the parameters that the first takes together. */
export async function compareFamilies(
  { session, report, together, tell }: Context,
  families: readonly string[],
): Promise<void> {
  for (const family of families) {
    const model = report.models.find((id) => id !== report.model && id.includes(family));
    if (model === undefined || !session.has(2)) {
      tell(model === undefined ? `no listed model has ${family} in its name` : `no requests left for ${model}`);
      continue;
    }
    const plain = await plainChat(session, model);
    if (!isPlain(plain)) {
      tell(`${model} does not answer a plain chat`);
      continue;
    }
    const found = await findRefused(new ParameterBench(session, plain.base, together, { requests: 0, accepted: 0 }));
    const refused = Object.fromEntries([...found.refused].map(([name, { status }]) => [name, status]));
    report.families.push({ model, refused });
    const names = Object.keys(refused);
    tell(`${model} also refuses ${names.length > 0 ? names.join(", ") : "nothing"}`);
  }
}
