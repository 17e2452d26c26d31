/** The style sheet of the report, for light and dark screens and for print. */
export const style = `
:root{color-scheme:light dark;--page:#fff;--ink:#1b1f24;--muted:#59636e;--line:#d5dae0;--soft:#f2f4f7;--accent:#2459c4;--pass:#0a6b4a;--pass-soft:#dff3ea;--mixed:#7a5200;--mixed-soft:#fbeed2;--fail:#b3370e;--fail-soft:#fde7de;--refusal:#6b35b8;--refusal-soft:#efe6fc;--error:#59636e;--error-soft:#e9ecf0}
@media (prefers-color-scheme:dark){:root{--page:#14171b;--ink:#e8ebef;--muted:#9aa5b1;--line:#343a42;--soft:#1d2127;--accent:#86b0ff;--pass:#5bd6a0;--pass-soft:#12382a;--mixed:#f0c265;--mixed-soft:#3b2e12;--fail:#ff9a74;--fail-soft:#43221a;--refusal:#c9a8ff;--refusal-soft:#32244b;--error:#a9b3be;--error-soft:#2a3037}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1160px;margin:0 auto;padding:40px 32px 64px}
h1{margin:0;font-size:28px;line-height:1.2;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{margin:56px 0 4px;font-size:19px;line-height:1.3}
p{margin:0 0 12px;max-width:84ch}
.meta,.caption,.muted,.legend{color:var(--muted)}
.meta{margin:6px 0 28px}
.caption{margin-bottom:20px;font-size:15px}
.lead{font-size:21px;line-height:1.4;max-width:60ch;margin-bottom:14px;overflow-wrap:anywhere}
.lead b,.findings b{font-weight:600}
.findings{margin:0;padding:0;list-style:none;max-width:78ch}
.findings li{margin:0 0 6px;padding-left:18px;position:relative;overflow-wrap:anywhere}
.findings li::before{content:"";position:absolute;left:2px;top:.62em;width:6px;height:6px;border-radius:50%;background:var(--line)}
svg{display:block;overflow:visible}
.plot{padding:14px 12px 58px 46px;position:relative}
.plot .axis-name{position:absolute;right:12px;bottom:0;margin:0;font-size:13px;color:var(--muted)}
.scatter{width:100%;height:340px}
.scatter .grid{stroke:var(--line);stroke-width:1}
.scatter .band{fill:var(--soft)}
.scatter .frontier{stroke:var(--accent);stroke-width:1.5;stroke-dasharray:3 4;opacity:.75}
.whisker{stroke:var(--ink);stroke-width:1.5;opacity:.55}
.dot{fill:var(--page);stroke:var(--accent);stroke-width:2}
.dot.best{fill:var(--accent)}
svg text{font-size:12.5px;fill:var(--muted)}
svg text.label{fill:var(--ink);font-size:13px;paint-order:stroke;stroke:var(--page);stroke-width:3px;stroke-linejoin:round}
.middle{text-anchor:middle}.end{text-anchor:end}.start{text-anchor:start}
.narrow{display:none}
.row{display:grid;grid-template-columns:minmax(120px,230px) 1fr 148px;gap:0 18px;align-items:center;margin:0 0 8px}
.row .name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.row .value{color:var(--muted);font-size:14px;white-space:nowrap}
.row .value b{color:var(--ink);font-size:15px;margin-right:3px}
.bar,.strip{width:100%;height:22px}
.ticks{width:100%;height:20px}
.track{fill:var(--soft)}
.share{fill:var(--accent);opacity:.42}
.bar .whisker{opacity:.9}
.answers{stroke:var(--ink);stroke-width:1px;opacity:.38;vector-effect:non-scaling-stroke}

.answers.dense{opacity:.14}
.p50,.key-p50{stroke:var(--accent);stroke-width:3px}
.p90,.key-p90{stroke:var(--accent);stroke-width:1.5px;stroke-dasharray:3 2}
.first,.key-first{fill:var(--page);stroke:var(--accent);stroke-width:2}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0 0 14px;padding:0;list-style:none;font-size:14px}
.legend li{display:flex;align-items:center;gap:7px}
.legend svg{width:16px;height:16px}
.scroll{overflow-x:auto;margin:0 -8px;padding:0 8px 4px}
table{border-collapse:collapse}
.numbers{font-size:13.5px;min-width:100%}
.numbers th,.numbers td{padding:8px 0 8px 16px;text-align:right;vertical-align:top;white-space:nowrap;border-bottom:1px solid var(--line)}
.numbers th:first-child{text-align:left;font-weight:500;padding-left:0;position:sticky;left:0;background:var(--page);max-width:240px;min-width:150px}
.numbers th:first-child{white-space:normal;overflow-wrap:anywhere}
.numbers thead th{color:var(--muted);font-weight:500;white-space:normal;vertical-align:bottom;line-height:1.25}
.below{display:block;color:var(--muted);font-size:12.5px;font-weight:400}.numbers th .below{overflow-wrap:anywhere;white-space:normal}
.numbers.pairs td:nth-child(2),.numbers.pairs th:nth-child(2){text-align:left}
.pair{width:230px;height:20px;margin-left:auto}.pair .zero{stroke:var(--muted);opacity:.6;stroke-width:1.5}.pair .span{stroke:var(--muted);stroke-width:1.5}.pair circle{fill:var(--page);stroke:var(--muted);stroke-width:1.5}.pair.shown .span{stroke:var(--accent);stroke-width:2.5}.pair.shown circle{fill:var(--accent);stroke:var(--accent)}
#filter{display:flex;align-items:center;gap:10px;margin-bottom:14px;font-size:14px}
#filter[hidden]{display:none}
select,button{font:inherit;color:inherit}
select{padding:5px 8px;border:1px solid var(--line);border-radius:6px;background:var(--page)}
.matrix{overflow:auto;border:1px solid var(--line);border-radius:8px}
.matrix.long{max-height:min(80vh,900px)}
.matrix table{font-size:14px;width:100%;table-layout:fixed}
.matrix th{font-weight:400;text-align:left;background:var(--page);padding:4px 12px}
.matrix thead th{position:sticky;top:0;z-index:2;border-bottom:1px solid var(--line);color:var(--muted);vertical-align:bottom;padding-top:10px;padding-bottom:6px;text-align:center}
.matrix th:first-child{position:sticky;left:0;z-index:1;text-align:left;width:220px;overflow-wrap:break-word}
.matrix thead th:first-child{z-index:3}
.matrix thead th:not(:first-child){overflow-wrap:anywhere;line-height:1.3;padding-left:6px;padding-right:6px}
.matrix tbody tr:hover th,.matrix tbody tr:hover td{background:var(--soft)}
.matrix td{padding:1px 2px;text-align:center}
.matrix button,.others button{border:1px solid transparent;border-radius:5px;cursor:pointer;letter-spacing:2px;padding:2px 4px 2px 6px;line-height:1.35;background:none}
.matrix button{min-width:44px;width:100%;max-width:130px}
.none{color:var(--muted);font-size:12px}
button.pass{color:var(--pass);background:var(--pass-soft)}
button.mixed{color:var(--mixed);background:var(--mixed-soft)}
button.fail{color:var(--fail);background:var(--fail-soft)}
button.refusal{color:var(--refusal);background:var(--refusal-soft)}
button.error{color:var(--error);background:var(--error-soft)}
.matrix button:hover,.others button:hover{border-color:currentColor}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.matrix button:focus-visible{outline-offset:1px}
b.pass,.key-pass{color:var(--pass)}b.fail,.key-fail{color:var(--fail)}b.refusal,.key-refusal{color:var(--refusal)}b.error,.key-error{color:var(--error)}
dialog{width:min(940px,calc(100vw - 32px));height:min(860px,calc(100vh - 48px));padding:0;border:1px solid var(--line);border-radius:12px;background:var(--page);color:var(--ink);flex-direction:column}
dialog[open]{display:flex}
dialog::backdrop{background:rgb(10 14 20/.5)}
dialog header{display:flex;align-items:center;gap:8px;padding:14px 20px;border-bottom:1px solid var(--line)}
dialog h2{margin:0 auto 0 0;overflow-wrap:anywhere}
dialog header button{border:1px solid var(--line);border-radius:6px;background:none;padding:4px 11px;cursor:pointer;white-space:nowrap}
dialog header button:disabled{color:var(--muted);opacity:.6;cursor:default}
#answer-body{padding:16px 20px 24px;overflow-y:auto}
.others{display:flex;flex-wrap:wrap;gap:6px 18px;margin:0 0 16px;padding:0;list-style:none;font-size:14px}
.others li{display:flex;align-items:center;gap:3px}
.others span{margin-right:3px;color:var(--muted)}
.others button{padding:1px 7px;letter-spacing:0}
.others [aria-current]{border-color:currentColor;outline:1px solid currentColor}
.outcome{max-width:none;overflow-wrap:anywhere}
pre{margin:0 0 12px;padding:12px 14px;border-radius:8px;background:var(--soft);font:13.5px/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
details{margin-bottom:12px}summary{cursor:pointer;color:var(--muted);margin-bottom:6px}
.checks{margin:0 0 14px;padding:0;list-style:none}.checks .checks{margin:2px 0 8px 20px;font-size:14px}
.checks li.pass>b{color:var(--pass);font-weight:500}.checks li.fail>b{color:var(--fail)}
.checks .why{color:var(--muted)}
.checks pre,.failure pre{margin:4px 0 8px}
.failure{border-left:3px solid var(--fail);padding-left:14px;margin-bottom:14px}
footer{margin-top:56px;padding-top:16px;border-top:1px solid var(--line);color:var(--muted);font-size:14px}
@media (max-width:720px){
main{padding:24px 16px 48px}h1{font-size:23px}.lead{font-size:18px}h2{margin-top:44px}
svg .wide{display:none}svg .narrow{display:inline}
.row{grid-template-columns:1fr auto;gap:1px 12px;margin-bottom:12px}.row svg{grid-row:2;grid-column:1/3}
.numbers th:first-child{max-width:130px;min-width:130px}
.matrix table{width:max-content;min-width:100%;table-layout:auto}.matrix thead span{display:inline-block;writing-mode:vertical-rl;transform:rotate(180deg);max-height:170px}
.matrix th:first-child{width:120px;min-width:120px;max-width:120px;font-size:13px;padding-right:6px}
dialog{width:100vw;height:100dvh;max-width:none;max-height:none;border:0;border-radius:0}
dialog header{flex-wrap:wrap}dialog h2{width:100%}
}
@media print{
:root{color-scheme:light;--page:#fff;--ink:#000;--muted:#444;--line:#bbb;--soft:#f2f2f2;--accent:#1d4aa8;--pass:#0a6b4a;--pass-soft:#fff;--mixed:#7a5200;--mixed-soft:#fff;--fail:#b3370e;--fail-soft:#fff;--refusal:#6b35b8;--refusal-soft:#fff;--error:#444;--error-soft:#fff}
*{print-color-adjust:exact}
body{font-size:11pt}main{max-width:none;padding:0}h2{margin-top:28px;break-after:avoid}.caption{break-after:avoid}
section.whole,.row,tr{break-inside:avoid}
.scroll,.matrix{overflow:visible;max-height:none;border:0;margin:0;padding:0}
.numbers{font-size:7.5pt}.below{font-size:6.5pt;white-space:nowrap}.numbers th:first-child{min-width:0;position:static}.numbers th,.numbers td{padding:4px 6px 4px 0;white-space:normal}
.matrix th,.matrix thead th{position:static}.matrix table{font-size:9pt}.matrix button{padding:0;min-width:0}
#filter,dialog{display:none!important}thead{display:table-header-group}
@page{margin:15mm}
}
`;
