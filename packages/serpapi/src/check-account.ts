import { defineTool, type ToolOptions } from "@llm-provider/core";
import { z } from "zod";
import { requestJson } from "./search/request-json.ts";
import { serpapi } from "./serpapi.ts";
import { readAccount, type Account } from "./search/read-account.ts";

/** Not a tool for a model: a definition gives the key, the time limit and the errors of one. */
const account = defineTool<object, Account>({
  ...serpapi.definition,
  id: "serpapi",
  name: "serpapi_account",
  description: "What the SerpApi account has left.",
  docs: "https://serpapi.com/account-api",
  input: z.object({}),
  execute: async (_, context) => readAccount(await requestJson("/account.json", {}, context)),
  toText: (output) => JSON.stringify(output),
});

/** Is the key good, and how many searches are left? Costs no search. Throws a ProviderError as a search would. */
export function checkAccount(options?: ToolOptions, signal?: AbortSignal): Promise<Account> {
  return account(options).execute({}, signal && { signal });
}
