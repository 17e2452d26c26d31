// Node with nothing in it but probe.ts: what an idle gateway's memory is measured by.
setInterval(() => {}, 60_000);
