import { defineTool, type ToolOptions } from "@llm-provider/core";
import { z } from "zod";
import { requestJson } from "./search/request-json.ts";
import { serpapi } from "./serpapi.ts";
import { readAccount, type Account } from "./search/read-account.ts";

/** Not offered to models: `defineTool` is used for its handling of the key, the time limit and errors. */
const account = defineTool<object, Account>({
  ...serpapi.definition,
  id: "serpapi",
  name: "serpapi_account",
  description: "Reports the remaining searches of the SerpApi account.",
  docs: "https://serpapi.com/account-api",
  input: z.object({}),
  execute: async (_, context) => readAccount(await requestJson("/account.json", {}, context)),
  toText: (output) => JSON.stringify(output),
});

/** Checks the key, and returns how many searches are left. Costs no search. Throws the same ProviderErrors as a search. */
export function checkAccount(options?: ToolOptions, signal?: AbortSignal): Promise<Account> {
  return account(options).execute({}, signal && { signal });
}
