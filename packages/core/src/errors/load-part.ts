import { ProviderError } from "./provider-error.ts";

/** What to do if code that is loaded on demand cannot be found. */
export const outOfReach =
  "A file of llm-provider is out of reach: start the program or load the page again, or bundle it without code splitting.";

/** Loads code that most programs never need. Its file may be out of reach: no network, or a new version in its place. */
export async function loadPart<Part>(provider: string, load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch {
    throw new ProviderError("This part of llm-provider could not be loaded.", {
      code: "network",
      provider,
      hint: outOfReach,
    });
  }
}
