import type { Definition } from "@llm-provider/core";
import { isLoopback, keyVariableKind } from "@llm-provider/core/internal";
import { idOf, keyVariableOf } from "@llm-provider/probe";
import { usageError, type CommandIo } from "@llm-provider/testing/command";
import type { Resume } from "./resume-file.ts";
import { numberOption } from "./number-option.ts";

/** The options of the command. */
export interface ProbeChoice {
  readonly keyEnv?: string;
  readonly model?: string;
  readonly families?: string;
  readonly maxRequests: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly errors?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly check?: string;
  readonly timeout: string;
  readonly resume?: boolean;
}

/** The target of a probe, and its settings. */
export interface Target {
  readonly baseURL: string;
  readonly keyEnv: string | undefined;
  readonly model: string | undefined;
  readonly families: readonly string[];
  readonly maxRequests: number;
  readonly timeout: number;
  readonly errors: boolean;
  readonly earlier: Resume["log"];
}

/** @throws A sentence with exit code 2, if the address, the variable or a number cannot be used. */
export function toTarget(
  given: string | undefined,
  checked: Definition | undefined,
  options: ProbeChoice,
  resume: Resume | undefined,
  io: CommandIo,
): Target {
  const baseURL = given ?? resume?.baseURL ?? checked?.baseURL;
  if (baseURL === undefined) throw usageError(`Which base-url? Such as \`llm-provider probe https://api.acme.ai/v1\`.`);
  refuseAddress(baseURL);
  const keyEnv = options.keyEnv ?? (resume ? (resume.keyEnv ?? "none") : keyOf(baseURL, checked));
  if (keyEnv !== "none" && keyVariableKind(keyEnv) === undefined)
    throw usageError(
      "`--key-env` takes the name of a variable that looks like a key, such as ACME_API_KEY, or none. It never takes the key itself.",
    );
  if (keyEnv !== "none" && !io.env[keyEnv] && !options.dryRun)
    throw usageError(
      `${keyEnv} is not set. Put the key into it, name another variable with \`--key-env\`, or give \`--key-env none\`.`,
    );
  const model = options.model ?? resume?.model ?? (given === undefined ? checked?.smallModel : undefined);
  return {
    baseURL,
    keyEnv: keyEnv === "none" ? undefined : keyEnv,
    model,
    families: options.families?.split(",").filter(Boolean) ?? [],
    maxRequests: numberOption("--max-requests", 3, 500)(options.maxRequests),
    timeout: numberOption("--timeout", 1, 3600)(options.timeout) * 1000,
    errors: options.errors ?? false,
    earlier: resume?.log ?? [],
  };
}

/** The variable of a definition is for its own host. On this machine the default is no key; elsewhere it is derived from the host. */
function keyOf(baseURL: string, checked: Definition | undefined): string {
  const { host, hostname } = new URL(baseURL);
  if (checked && new URL(checked.baseURL).host === host) return checked.auth === "none" ? "none" : checked.auth.env;
  return isLoopback(hostname) ? "none" : keyVariableOf(idOf(baseURL));
}

/** Core refuses these too, but only after reading the key. The address is not repeated: it may contain a secret. */
function refuseAddress(text: string): void {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw usageError("The base URL is not a web address. Give one such as https://api.acme.ai/v1.");
  if (url.protocol === "http:" && !isLoopback(url.hostname))
    throw usageError("The base URL is http on another host. Use https, or http on this machine.");
  if (url.username || url.password || text.includes("#"))
    throw usageError("Leave user, password and hash out of the base URL. The key belongs in an environment variable.");
}
