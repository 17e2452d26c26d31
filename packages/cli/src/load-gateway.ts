import type * as Gateway from "@llm-provider/gateway";
import { usageError } from "@llm-provider/testing/command";
import { programVersion } from "./program-version.ts";

/**
 * The gateway's package, which is installed beside this program only by those who run one.
 * @throws A sentence with exit code 2 where it is not.
 */
export async function loadGateway(command: string): Promise<typeof Gateway> {
  try {
    return await import("@llm-provider/gateway");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND" || !message.includes("@llm-provider/gateway")) throw error;
    const version = programVersion();
    throw usageError(
      `The gateway is a package of its own, and is not installed beside this program. Run:\n  npx -p llm-provider@${version} -p @llm-provider/gateway@${version} llm-provider ${command}`,
    );
  }
}
