// Runs in a package's folder before it is packed: bundles each entry into one file, so that an import opens one file and not
// seventy. Opening them took nearly all the time of importing core. Types stay as tsc wrote them.
import { globSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { bundle } from "./bundle.ts";

const written = await bundle(process.cwd(), resolve("dist"));
for (const file of globSync("dist/**/*.js")) if (!written.includes(resolve(file))) rmSync(file);
// tsc's record of its output is now wrong; without it the next build writes everything again.
rmSync("dist/.tsbuildinfo", { force: true });
