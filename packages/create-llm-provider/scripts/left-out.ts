// Stands in for packages of plop that the bin does not use.
const leftOut = (): never => {
  throw new Error("This part of plop is not in the bundle.");
};

export const glob = leftOut;
export const globSync = leftOut;
// oxlint-disable-next-line import/no-default-export -- inquirer has one
export default { registerPrompt: leftOut, prompt: leftOut, prompts: {} };
