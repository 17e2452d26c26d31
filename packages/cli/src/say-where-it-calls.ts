import type { Definition } from "@llm-provider/core";
import type { Io } from "./io.ts";

/** Of a package from elsewhere: the host that it calls, and the variable whose key goes there. */
export function sayWhereItCalls(name: string, { auth, baseURL }: Definition, io: Io): void {
  const key = auth === "none" ? "without a key" : `with the key in ${auth.env}`;
  io.err(`${name} is not ours: it calls ${new URL(baseURL).host} ${key}.\n`);
}
