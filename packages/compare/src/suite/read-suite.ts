import { realpathSync } from "node:fs";
import { basename, dirname, extname, isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { filePart } from "@llm-provider/core/internal";
import { readRegularFile, readRegularText } from "@llm-provider/core/internal/files";
import type { SuiteFiles } from "./parse-suite.ts";
import type { ReadSuite } from "./suite.ts";

/** Bytes of a suite, or of a text file that it names. */
const largest = 4 * 1024 * 1024;
const largestAttachment = 20 * 1024 * 1024;

const mediaTypes: Readonly<Record<string, string>> = {
  ".gif": "image/gif",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".mp3": "audio/mp3",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".wav": "audio/wav",
  ".webp": "image/webp",
};

/**
 * Reads a `suite.yaml` and the files that it names, which must be in its folder.
 * @param name The path as the user gave it, for messages.
 * @throws Error if the file is missing or cannot be read.
 */
export async function readSuite(path: string, name: string = path): Promise<ReadSuite> {
  const text = readRegularText(path, { name, largest });
  if (text === undefined) throw new Error(`There is no file ${name}.`);
  // Loaded late, since a program that only summarizes results needs neither zod nor yaml.
  const { parseSuite } = await import("./parse-suite.ts");
  return parseSuite(text, filesOf(dirname(realpathSync(path))), name);
}

/** The JSON Schema of a `suite.yaml`, for editors. */
export async function suiteJsonSchema(): Promise<object> {
  const [{ suiteSchema }, { z }] = await Promise.all([import("./suite-schema.ts"), import("zod")]);
  return z.toJSONSchema(suiteSchema, { io: "input", unrepresentable: "any" });
}

/** The path of the included suite: 24 tasks in JavaScript. */
export const codingSuite: string = fileURLToPath(new URL("../../coding/suite.yaml", import.meta.url));

/** Reads files inside a folder, and refuses all others. */
function filesOf(folder: string): SuiteFiles {
  const inside = (given: string): string => {
    const path = join(folder, given);
    let real = path;
    try {
      real = realpathSync(path);
    } catch {
      throw new Error(`There is no file ${given} in the folder of the suite.`);
    }
    const way = relative(folder, real);
    if (isAbsolute(given) || way.startsWith("..") || isAbsolute(way))
      throw new Error(`${given} is outside the folder of the suite. Only files inside it are read.`);
    return real;
  };
  return {
    text: (given) => readRegularText(inside(given), { name: given, largest }) ?? "",
    attachment(given) {
      const mediaType = mediaTypes[extname(given).toLowerCase()];
      if (mediaType === undefined)
        throw new Error(`${given} cannot be attached. Supported types are ${Object.keys(mediaTypes).join(", ")}.`);
      const data = readRegularFile(inside(given), { name: given, largest: largestAttachment });
      const part = data && filePart({ mediaType, data, filename: basename(given) });
      if (!part) throw new Error(`${given} cannot be attached.`);
      return part;
    },
  };
}
