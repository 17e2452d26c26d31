// Runs memory bombs concurrently and prints the peak memory of the process, which has to exit by itself.
import { runCode } from "../src/index.ts";

const bombs = [
  "const all = []; for (;;) all.push(new Uint8Array(1024 * 1024).fill(1));",
  "const all = []; for (;;) try { all.push(new Uint8Array(1024 * 1024)); } catch {}",
  "const all = []; for (;;) all.push({ all });",
  "let text = 'x'; for (;;) text += text + 'y';",
];
let most = 0;
const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
const runs = await Promise.all(
  [...bombs, ...bombs].map((code) =>
    runCode(`export const add = () => { ${code} };`, `test("a", () => expect(add()).toBe(1));`, { time: 1500 }),
  ),
);
clearInterval(timer);
const passed = runs.flatMap(({ tests }) => tests).filter(({ pass }) => pass).length;
console.log(JSON.stringify({ most, passed }));
