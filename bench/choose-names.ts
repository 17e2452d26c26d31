/** The names of a comma-separated option. Ends the program with a message if one is unknown. */
export function chooseNames(option: string, text: string, known: readonly string[]): string[] {
  const names = text.split(",");
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  console.error(`--${option} does not know ${JSON.stringify(unknown)}. Choose from: ${known.join(", ")}.`);
  process.exit(2);
}
