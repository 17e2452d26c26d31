/** The names of a comma-separated option; an unknown one ends the program with a sentence. */
export function chooseNames(option: string, text: string, known: readonly string[]): string[] {
  const names = text.split(",");
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  console.error(`There is no ${JSON.stringify(unknown)} for --${option}. Choose one of: ${known.join(", ")}.`);
  process.exit(2);
}
