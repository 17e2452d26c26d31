// Loaded before a gateway's own code: reports the CPU time and memory that the process has used so far.
export type Used = { /** Milliseconds. */ cpu: number; /** Megabytes, resident. */ memory: number };

process.on("message", (asked) => {
  if (asked !== "used") return;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: (user + system) / 1000, memory: process.memoryUsage.rss() / 1024 / 1024 } satisfies Used);
});
process.on("disconnect", () => process.exit(0));
// Must not keep a gateway alive that stops listening.
process.channel?.unref();
