/** Reads the errors of an endpoint; for the packages of this repository. Not part of `internal`, since a client loads it on demand. Not versioned: any release may change it. */
export { classifyError } from "./errors/classify-error.ts";
