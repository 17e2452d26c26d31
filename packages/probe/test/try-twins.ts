import { toDefinition } from "../src/definition/to-definition.ts";
import { printDefinition } from "../src/definition/print-definition.ts";
import { checkDefinition } from "../../core/src/check.ts";
import { defineProvider } from "../../core/src/index.ts";
import { toEndpoint, defaultTarget } from "../../librechat/src/index.ts";
import { record, runSuite } from "../../testing/src/index.ts";
import { mkdtempSync } from "node:fs";
import { startTwin } from "../../testing/src/index.ts";
import { decide } from "../../core/src/rules.ts";
import { probe } from "../src/probe.ts";
import { parameterSpecs } from "../src/parameter-specs.ts";
import { deepseek } from "../../deepseek/src/index.ts";
import { mistral } from "../../mistral/src/index.ts";
import { groq } from "../../groq/src/index.ts";
import { fireworks } from "../../fireworks/src/index.ts";
import { openrouter } from "../../openrouter/src/index.ts";
import { openai } from "../../openai/src/index.ts";
import { xai } from "../../xai/src/index.ts";
for (const f of [deepseek, mistral, groq, fireworks, openrouter, openai, xai]) {
  const d = f.definition;
  if (process.argv[2] && process.argv[2] !== d.id) continue;
  const twin = await startTwin(d);
  const models = process.argv[3] && !process.argv[3].startsWith("--") ? [process.argv[3]] : process.env.ALL ? Object.keys(d.models).filter((m) => !(d.models as any)[m].retired && !(d.models as any)[m].features?.includes('embeddings')) : [d.smallModel];
  for (const model of models) {
  const { report: r, session } = await probe({ baseURL: twin.url, keyEnv: undefined, timeout: 5000, model, errors: process.argv.includes("--errors") });
  const rejected = Object.entries(r.parameters).filter(([, v]) => v.verdict === "rejected" || v.verdict==="renamed").map(([n, v]) => `${n} ${v.status}`).sort();
  const expected = [...parameterSpecs, {name:'stream_options', values:[{include_usage:true}]}].flatMap(({ name, values }) => {
    const v = values[0];
    const dec = decide(d, { model, messages: [], [name]: v, ...(name==='stream_options'&&{stream:true}) } as any).find((x) => x.parameter === name && typeof x.endpoint === "object");
    return dec ? [`${name} ${(dec.endpoint as any).refuses}`] : [];
  }).sort();
  console.log("==", d.id, model, "requests", r.requests, "accepted", session.accepted, "ok", r.ok, r.stopped ?? "");
  if (JSON.stringify(rejected) !== JSON.stringify(expected)) console.log("  rejected", rejected.join(", "), "\n  expected", expected.join(", "));
  const others = Object.entries(r.parameters).filter(([, v]) => v.verdict !== "accepted" && v.verdict !== "rejected").map(([n, v]) => `${n}:${v.verdict}`);
  console.log("  others", others.join(" "), "unknown", JSON.stringify(r.unknownParameters), JSON.stringify(r.refusals), "conflicts", JSON.stringify(r.conflicts));
  console.log("  messages", JSON.stringify(r.messages), "streaming", JSON.stringify(r.streaming), JSON.stringify(r.reasoning), JSON.stringify(r.structuredOutput), JSON.stringify(r.toolChoice));
  console.log("  ranges", Object.entries(r.parameters).filter(([, v]) => v.range || v.values).map(([n, v]) => `${n} ${JSON.stringify(v.range ?? v.values)}`).join("; "));
  console.log("  limits", JSON.stringify(r.limits));
  const def = toDefinition(r, {id: "acme", name: "Acme", keyEnv: "ACME_API_KEY", day: "2026-11-28"});
  console.log("  check", JSON.stringify(checkDefinition(def)));
  const reduced = {...d, models: {[model]: (d.models as any)[model]}, smallModel: model, librechat: undefined} as any;
  const drops = (x: any) => (toEndpoint({...x, models: {[model]: x.models[model]}}, {target: defaultTarget, keys: "env"}).dropParams ?? []).filter((n: string) => !["web_search","useResponsesApi"].includes(n)).sort().join();
  const moved = {...def, id: d.id, name: d.name, baseURL: d.baseURL};
  if (drops(moved) !== drops(reduced)) console.log("  DROPS", drops(moved), "|", drops(reduced));
  if (process.argv.includes("--print")) { const p = printDefinition(r, {id: "acme", name: "Acme", keyEnv: "ACME_API_KEY", day: "2026-11-28"}, "acme"); console.log(p.definition, p.models, p.errors); }
  if (process.argv.includes("--suite")) { const dir = mkdtempSync("/tmp/probe-suite-"); const factory = defineProvider(def as any); const rec = await record(factory as any, {cassettes: dir, live: false}); console.log("  record", rec.ok, rec.recorded.filter((x)=>x.outcome==="failed").map(x=>JSON.stringify(x)).join()); const s = await runSuite(factory as any, {cassettes: dir}); console.log("  suite", JSON.stringify({...s, checks: undefined}).slice(0,200)); for (const c of (s as any).checks ?? (s as any).reports ?? []) if (c.outcome==="failed" || c.ok===false || c.status==="failed") console.log("   FAIL", JSON.stringify(c).slice(0,700)); }
  if (process.env.V) for (const a of session.answers) { const { model: _, messages, tools, ...rest } = a.sent as any; console.log(a.number, a.outcome, a.status, JSON.stringify(rest).slice(0, 150), "|", (messages as any[]).map(m=>m.role[0]).join(""), "|", a.words.slice(0, 150)); }
  }
  await twin.close();
}
