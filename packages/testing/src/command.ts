export { dollars, duration } from "./command/amounts.ts";
export { processIo, type CommandIo, type Io } from "./command/io.ts";
export {
  loadPackage,
  loadProvider,
  providerIn,
  toolIn,
  type KnownProviders,
  type LoadedPackage,
} from "./command/load-package.ts";
export { createCommand, printError, runProgram, usageError, type CommandText } from "./command/program.ts";
export { readKeyName, readPort, serveTwin, type ServeTwinOptions } from "./command/serve-twin.ts";
export { ownEscape, paint, toJson, wrap, type Paint } from "./command/terminal.ts";
