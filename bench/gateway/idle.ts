// Node with only probe.ts loaded: the baseline for an idle gateway's memory.
setInterval(() => {}, 60_000);
