import type * as Compare from "@llm-provider/compare";
import type * as Gateway from "@llm-provider/gateway";
import type * as Rag from "@llm-provider/rag";
import { usageError } from "@llm-provider/testing/command";
import { programVersion } from "./program-version.ts";

/** Packages that are installed beside this program only by those who use them. */
interface Packages {
  readonly "@llm-provider/compare": typeof Compare;
  readonly "@llm-provider/gateway": typeof Gateway;
  readonly "@llm-provider/rag": typeof Rag;
}

/** What each of them is called, and how it is loaded. */
const packages: { readonly [Name in keyof Packages]: { title: string; load(): Promise<Packages[Name]> } } = {
  "@llm-provider/compare": { title: "The comparison", load: () => import("@llm-provider/compare") },
  "@llm-provider/gateway": { title: "The gateway", load: () => import("@llm-provider/gateway") },
  "@llm-provider/rag": { title: "The file search", load: () => import("@llm-provider/rag") },
};

/**
 * A package that this program can do without.
 * @throws A sentence with exit code 2 where it is not installed, with the command line that brings it.
 */
export async function loadPackage<Name extends keyof Packages>(name: Name, command: string): Promise<Packages[Name]> {
  const { title, load } = packages[name];
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND" || !message.includes(name)) throw error;
    const version = programVersion();
    throw usageError(
      `${title} is a package of its own, and is not installed beside this program. Run:\n  npx -p llm-provider@${version} -p ${name}@${version} llm-provider ${command}`,
    );
  }
}
