/** LibreChat renames these before it drops by literal key: the wire's name, and the client's name, which works. */
const renamed: { readonly [wireName: string]: string } = {
  frequency_penalty: "frequencyPenalty",
  presence_penalty: "presencePenalty",
  max_tokens: "maxTokens",
  top_p: "topP",
};

/** The names in `dropParams` that keep a field off the wire, today and once LibreChat accepts wire names. */
export function dropSpellings(wireName: string): string[] {
  return Object.hasOwn(renamed, wireName) ? [wireName, renamed[wireName]!] : [wireName];
}

/** The spelling that works today, if it differs from the wire's. */
export function workingSpelling(wireName: string): string | undefined {
  return Object.hasOwn(renamed, wireName) ? renamed[wireName] : undefined;
}
