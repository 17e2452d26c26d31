import { createEndpoint, randomModel } from "./random-endpoint.ts";
import { interpret as run } from "../src/interpret.ts";
import { Session } from "../src/session.ts";
import { emptyReport } from "../src/report.ts";
async function interpret(ask: any, model: string) { const session=new Session(ask,{requests:64,accepted:27}); const report=emptyReport(""); await run(session, report, {model}); return {report, session}; }
const N = Number(process.argv[2] ?? 500), from = Number(process.argv[3] ?? 0);
let t=0, hit=0, ig=0, igHit=0, maxReq=0, maxAcc=0; const bad: string[]=[]; const by: Record<string,[number,number]>={}; let sumReq=0,sumAcc=0;
const t0=performance.now();
for (let s=from;s<from+N;s++){
  const m=randomModel(s); const ep=createEndpoint(m);
  let r; try { r=await interpret(async b=>ep(b),"m"); } catch(e){ bad.push(`${s}: threw ${(e as Error).message}`); continue; }
  const {report,session}=r; maxReq=Math.max(maxReq,session.requests); maxAcc=Math.max(maxAcc,session.accepted); sumReq+=session.requests;sumAcc+=session.accepted;
  const key=`${m.style}/${m.naming}`; by[key]??=[0,0];
  for (const [n,v] of Object.entries(report.parameters)){
    const k=m.truths[n]!.kind;
    const isRef = k==="rejected"||k==="onlyDefault";
    if (v.verdict==="rejected" && !isRef && k!=="renamed") bad.push(`${s} ${key}: ${n} rejected but ${JSON.stringify(m.truths[n])} ${JSON.stringify(v)}`);
    if (v.verdict==="ignored" && k!=="ignored") bad.push(`${s} ${key}: ${n} ignored but ${JSON.stringify(m.truths[n])}`);
    if (v.verdict==="renamed" && (k!=="renamed")) bad.push(`${s}: ${n} renamed but ${k}`);
    if (isRef){ t++; by[key][0]++; if(v.verdict==="rejected"){hit++;by[key][1]++} else if(process.env.V) console.log("miss",s,key,n,v.verdict,JSON.stringify(v), session.requests, session.accepted) }
    if (k==="ignored" && ["n","stop","logprobs","response_format"].includes(n)) { ig++; if(v.verdict==="ignored") igHit++; else if(process.env.V) console.log("miss-ig",s,key,n,v.verdict) }
    else if (k==="ignored" && n!=="stop" && m.types==="strict" && m.naming==="all" && !["foreign","empty","text"].includes(m.style)) { ig++; if(v.verdict==="ignored") igHit++; else if(process.env.V) console.log("miss-type",s,key,n,v.verdict)}
  }
}
console.log({recall:hit/t,t,ignored:igHit/ig,ig,maxReq,maxAcc,avgReq:sumReq/N,avgAcc:sumAcc/N,ms:performance.now()-t0});
console.log(Object.entries(by).map(([k,[a,b]])=>`${k} ${(b/a).toFixed(2)}`).join("  "));
console.log(bad.slice(0,15).join("\n"), bad.length);
