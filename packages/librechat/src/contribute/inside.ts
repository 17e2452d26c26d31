import { lstatSync } from "node:fs";
import { join } from "node:path";
import { refusal } from "./refusal.ts";

/** The absolute path of a file in a folder. A path that leads out of it, or through a link, is refused. */
export function inside(folder: string, path: string): string {
  const steps = path.split("/");
  if (steps.some((step) => step === "" || step === "." || step === ".." || /[\\:\0]/.test(step))) {
    throw refusal(`${JSON.stringify(path)} is no path inside the clone.`);
  }
  let reached = folder;
  for (const step of steps) {
    reached = join(reached, step);
    if (lstatSync(reached, { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw refusal(`${path} is a link, or lies behind one. Links are not followed: put the real file there.`);
    }
  }
  return reached;
}
