// Runs in the folder of a package before it is packed: makes each of its entries one file, so that an import opens one file
// and not seventy. Opening them was nearly all that an import of core cost. Types stay as tsc wrote them.
import { globSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { bundle } from "./bundle.ts";

const written = await bundle(process.cwd(), resolve("dist"));
for (const file of globSync("dist/**/*.js")) if (!written.includes(resolve(file))) rmSync(file);
// Now tsc's record of what it wrote is wrong; without it the next build writes everything again.
rmSync("dist/.tsbuildinfo", { force: true });
