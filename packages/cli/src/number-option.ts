import { usageError } from "@llm-provider/testing/command";

/**
 * Reads the whole number that an option takes.
 * @throws A sentence with exit code 2 if the text is not such a number.
 */
export function numberOption(option: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === "" || !Number.isInteger(number) || number < least || number > most)
      throw usageError(`\`${option}\` takes a number from ${least} to ${most}.`);
    return number;
  };
}
