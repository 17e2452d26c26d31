import { join, resolve } from "node:path";
import { readRegularText, writeRegularFile } from "@llm-provider/core/internal/files";
import {
  type CommandIo,
  createCommand,
  loadPackage,
  processIo,
  runProgram,
  toolIn,
  usageError,
} from "@llm-provider/testing/command";
import { publishProblems } from "../publish-problems.ts";
import { toSubject, updateReadme } from "../update-readme.ts";

interface Options {
  readonly check?: boolean;
  readonly publish?: boolean;
}

const help = {
  summary: "Write the generated parts of a package's README from its definition",
  description:
    "The parts are the tables of facts and the block for LibreChat. With --publish the command writes no file. It fails where the README is not current, a page is marked unread, or a model is made up.",
  examples: ["llm-docs", "llm-docs --check", "llm-docs --publish"],
};

const llmDocs = (io: CommandIo) =>
  createCommand("llm-docs", help, io)
    .argument("[folder]", "The package", ".")
    .option("--check", "Write nothing; fail where the README is not current")
    .option("--publish", "The same, and fail for everything that must not be published")
    .action(async (folder: string, { check, publish }: Options) => {
      const path = resolve(io.cwd, folder);
      const readme = join(path, "README.md");
      const { name: packageName } = JSON.parse(read(join(path, "package.json"))) as { name: string };
      const { module, provider } = await loadPackage(join(path, "src/index.ts"), { cwd: io.cwd, err: () => undefined });
      const factory = provider ?? toolIn(module);
      if (!factory) throw usageError(`${folder} exports neither a provider nor a tool.`);
      const text = read(readme);
      const wanted = updateReadme(text, toSubject(factory, { packageName }));
      const problems = publish && provider ? publishProblems(provider.definition) : [];
      if (wanted !== text && (check || publish))
        problems.unshift("README.md does not follow the definition. Run the script `docs`.");
      if (!check && !publish && wanted !== text) writeRegularFile(readme, wanted);
      for (const problem of problems) io.err(`${problem}\n`);
      if (problems.length > 0) io.exitCode = 1;
      else io.out(`README.md ${wanted === text ? "is current" : "is written"}.\n`);
    });

function read(path: string): string {
  const text = readRegularText(path);
  if (text === undefined)
    throw usageError(`There is no file ${path}. Name the folder of a package: llm-docs [folder].`);
  return text;
}

process.exitCode = await runProgram(llmDocs, process.argv.slice(2), processIo());
