/** Files that a person named, for the packages of this repository and for Node alone. Not versioned: any release may change it. */
export { FileRefusal } from "./files/file-refusal.ts";
export { readRegularFile, readRegularText, type FileOptions } from "./files/read-regular-file.ts";
export { writeRegularFile, type WriteOptions } from "./files/write-regular-file.ts";
