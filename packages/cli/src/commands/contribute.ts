import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Contribution, Target } from "@llm-provider/librechat/contribute";
import type { Command } from "../command.ts";
import type { Io } from "../io.ts";
import { loadFactory } from "../load-factory.ts";
import { printContribution } from "../print-contribution.ts";
import { usageError } from "../usage-error.ts";

export const contribute: Command = {
  summary: "Write a provider's page for LibreChat's documentation",
  usage: "contribute <package|path…> --path <clone> [options]",
  description:
    "Writes the guide of a provider into a clone of LibreChat-AI/librechat.ai, on a new branch: the page with the block for librechat.yaml, its place in the list and, for a new provider, the icon. A page that is there keeps its prose; its block, and notes about models that are gone, are brought up to date.\n\nNothing is committed, pushed or fetched. The checks to run, the commit message and the text of the pull request are printed. A clone with changes of your own is refused, and so is anything that looks like a key.",
  options: {
    path: { type: "string", value: "FOLDER", description: "The clone" },
    icon: { type: "string", value: "FILE", description: "SVG of one colour, 24 × 24, at most 1,500 bytes" },
    rewrite: { type: "boolean", description: "Write a page anew instead of keeping its prose" },
    branch: { type: "string", value: "NAME", description: "The branch; made from the providers' names" },
    target: {
      type: "string",
      value: "VERSION",
      description: "LibreChat to write for, such as 0.8.7; the newest",
    },
    "dry-run": { type: "boolean", description: "Say what would be written" },
    json: { type: "boolean", description: "Print the plan as JSON" },
  },
  examples: [
    "git clone https://github.com/LibreChat-AI/librechat.ai",
    "llm-provider contribute groq mistral --path librechat.ai",
    "llm-provider contribute . --path ../librechat.ai --icon acme.svg",
  ],
  async run(values, names, io) {
    if (names.length === 0)
      throw usageError("Which provider? Such as `llm-provider contribute groq --path librechat.ai`.");
    const path = values["path"] as string | undefined;
    if (path === undefined)
      throw usageError("Where is the clone of LibreChat-AI/librechat.ai? Give its folder with `--path`.");
    const { contribute: contributeTo, targets } = await import("@llm-provider/librechat/contribute");
    const target = values["target"] as Target | undefined;
    if (target !== undefined && !Object.hasOwn(targets, target)) {
      throw usageError(`There is no target \`${target}\`. There are: ${Object.keys(targets).join(", ")}.`);
    }
    const factories = [];
    for (const name of names) factories.push(await loadFactory(name, io));
    const isDryRun = values["dry-run"] === true;
    const contribution = await contributeTo({
      definitions: factories.map(({ definition }) => definition),
      path: resolve(io.cwd, path),
      ...(values["icon"] !== undefined && { icon: readIconFile(values["icon"] as string, io) }),
      ...(target !== undefined && { target }),
      rewrite: values["rewrite"] === true,
      ...(values["branch"] !== undefined && { branch: values["branch"] as string }),
      dryRun: isDryRun,
      env: io.env,
    });
    io.out(
      values["json"]
        ? `${JSON.stringify(toJson(contribution), null, 2)}\n`
        : printContribution(contribution, isDryRun, io),
    );
    return 0;
  },
};

function readIconFile(path: string, io: Io): string {
  try {
    return readFileSync(resolve(io.cwd, path), "utf8");
  } catch {
    throw usageError(`The icon ${path} cannot be read. Give the path of an SVG file.`);
  }
}

function toJson({ guides, edits, ...rest }: Contribution): object {
  return {
    ...rest,
    files: edits.map(({ path, before }) => ({ path, isNew: before === undefined })),
    guides: guides.map(({ definition, kind, path, icon, hasNewIcon, refreshed, linesToRead }) => ({
      id: definition.id,
      kind,
      path,
      icon,
      hasNewIcon,
      goneModels: refreshed?.goneModels ?? [],
      noLongerDropped: refreshed?.noLongerDropped ?? [],
      removedNotes: refreshed?.removedNotes ?? [],
      linesToRead,
    })),
  };
}
