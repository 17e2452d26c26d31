import { ProviderError } from "../errors/provider-error.ts";

/** The facts about the key in a provider's or a tool's definition. */
export type KeyFacts = {
  readonly id: string;
  readonly name: string;
  readonly auth: "none" | { readonly env: string; readonly page: string; readonly optional?: true };
};

/** What may be wrong with a key. `misnamed`: the definition names a variable that does not look like a key's. */
export type KeyFault = "absent" | "unfilled" | "unsendable" | "misnamed" | "failed";

/** Why no key can be sent, and what to do. `text`: the name of a variable that was given instead of the key. */
export function keyError({ id, name, auth }: KeyFacts, fault: KeyFault, text = ""): ProviderError {
  const { env, page } = auth === "none" ? { env: "", page: "" } : auth;
  const make = (message: string, hint: string): ProviderError =>
    new ProviderError(message, { code: fault === "unsendable" ? "invalid-key" : "missing-key", provider: id, hint });
  switch (fault) {
    case "absent":
      return make(
        `${name} needs a key, and none was given.`,
        `Set the environment variable ${env}, or pass \`apiKey\`. Make a key at ${page}`,
      );
    case "unfilled":
      return make(
        `${name} needs a key, but got the name of a variable: ${text}.`,
        `Set that variable in the environment of the program that started this one. Make a key at ${page}`,
      );
    case "unsendable":
      return make(
        `The key for ${name} cannot be sent: it has a line break, a space at one end, or a character that HTTP headers do not allow.`,
        "Copy the key again, without any characters around it.",
      );
    case "misnamed":
      // The name is not repeated: it may be a pasted key.
      return make(
        `The variable that the definition of ${id} names does not look like a key's, and was not read.`,
        "Name a variable that looks like a key in `auth.env`, such as ACME_API_KEY, or pass `apiKey`.",
      );
    case "failed":
      return make("The function given as `apiKey` failed.", "Call it by itself to see why.");
  }
}
