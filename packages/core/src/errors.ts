/** What reads the errors of an endpoint, for the packages of this repository. Apart from `internal`, since a client loads it on demand. Not versioned: any release may change it. */
export { classifyError } from "./errors/classify-error.ts";
