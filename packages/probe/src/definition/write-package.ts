import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { defineProvider } from "@llm-provider/core";
import { FileRefusal, writeRegularFile } from "@llm-provider/core/internal/files";
import { updateReadme } from "@llm-provider/docs";
import { record, type RecordReport } from "@llm-provider/testing";
import { scenarios } from "@llm-provider/testing/internal";
import type { Endpoint } from "../endpoint/endpoint.ts";
import type { ProbeReport } from "../report.ts";
import type { Identity } from "./identity.ts";
import { printDefinition } from "./print-definition.ts";
import { toDefinition } from "./to-definition.ts";

/** The written package. */
export interface WrittenPackage {
  /** Paths in the folder. */
  readonly files: readonly string[];
  /** The origin of the cassettes. */
  readonly origin: RecordReport["origin"];
  /** The cassettes that unexpectedly come from the twin. */
  readonly note?: string;
}

/**
 * Writes a package from the report: its definition, recordings, contract test and README. All
 * or nothing: it is made beside the folder and moved there at once.
 * @throws FileRefusal if the folder exists and is not empty.
 */
export async function writePackage(
  folder: string,
  report: ProbeReport,
  { identity, origin }: { readonly identity: Identity; readonly origin: Endpoint["origin"] },
): Promise<WrittenPackage> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new FileRefusal(`${folder} is not empty. Name another folder. Nothing was written.`, 2);
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    const files = packageFiles(report, identity);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(draft, path)), { recursive: true });
      writeRegularFile(join(draft, path), text, { isNew: true });
    }
    const { note, ...recorded } = await recordCassettes(report, identity, join(draft, "test/cassettes"), origin);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    const cassettes = readdirSync(join(folder, "test/cassettes")).map((name) => `test/cassettes/${name}`);
    return {
      files: [...Object.keys(files), ...cassettes],
      origin: recorded.origin,
      ...(note !== undefined && { note }),
    };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Records each scenario from the endpoint itself; from the definition's twin if the endpoint is a twin or does not
 * fit the scenario: a small server may accept a model that does not exist.
 */
export async function recordCassettes(
  report: ProbeReport,
  identity: Identity,
  cassettes: string,
  origin: Endpoint["origin"],
): Promise<{ origin: RecordReport["origin"]; note?: string }> {
  const factory = defineProvider(toDefinition(report, identity));
  const others: string[] = [];
  if (origin !== "twin")
    for (const { id } of scenarios) {
      const { recorded } = await record(factory, { cassettes, live: true, only: [id] });
      if (recorded.some(({ outcome }) => outcome === "failed")) others.push(id);
    }
  if (origin !== "twin" && others.length === 0) return { origin };
  const only = origin === "twin" ? {} : { only: others };
  const { ok, recorded } = await record(factory, { cassettes, live: false, ...only });
  const failed = recorded.find(({ outcome }) => outcome === "failed");
  if (!ok) throw new Error(`The cassette ${failed?.scenario} could not be recorded.`);
  return origin === "twin"
    ? { origin }
    : {
        origin,
        note: `The endpoint did not fit the scenarios ${others.join(", ")}: these recordings are from the twin.`,
      };
}

/** The constant of a package: `acme-ai` → `acmeAi`. A word that TypeScript keeps gets a suffix. */
export function exportNameOf(id: string): string {
  const name = id.replace(/-+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? "");
  return /^(?:default|delete|enum|export|import|class|function|new|switch|this|typeof|void|with|package|public|private|interface|models|errors|chatCompletions|defineProvider|local)$/.test(
    name,
  )
    ? `${name}Provider`
    : name;
}

/** The version of this package, which all packages of a release share. */
function ownVersion(): string {
  return (JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string })
    .version;
}

function packageFiles(report: ProbeReport, identity: Identity): { [path: string]: string } {
  const { id, name, keyEnv } = identity;
  const constant = exportNameOf(id);
  const packageName = `llm-provider-${id}`;
  const { definition, models, errors } = printDefinition(report, identity, constant);
  const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  const range = `^${ownVersion()}`;
  return {
    "package.json": json({
      name: packageName,
      version: "0.0.0",
      description: `${name} as an @llm-provider definition.`,
      license: "MIT",
      files: ["src"],
      type: "module",
      sideEffects: false,
      exports: { ".": "./src/index.ts" },
      scripts: { docs: "llm-docs", record: "llm-record", test: "vitest run", types: "tsc" },
      dependencies: { "@llm-provider/core": range },
      devDependencies: {
        "@llm-provider/docs": range,
        "@llm-provider/testing": range,
        "@types/node": "^24.0.0",
        typescript: "^7.0.0",
        vitest: "^5.0.0",
      },
      engines: { node: ">=22.20" },
    }),
    "tsconfig.json": json({
      compilerOptions: {
        target: "es2023",
        lib: ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
        module: "nodenext",
        types: ["node"],
        strict: true,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
        skipLibCheck: true,
        noEmit: true,
      },
      include: ["src", "test"],
    }),
    "src/index.ts": `export { ${constant} } from "./${id}.ts";\n`,
    [`src/${id}.ts`]: definition,
    "src/models.ts": models,
    ...(errors !== "" && { "src/errors.ts": errors }),
    "test/contract.test.ts": `import { describeProvider } from "@llm-provider/testing/vitest";
import { ${constant} } from "../src/index.ts";

describeProvider(${constant}, { cassettes: new URL("./cassettes/", import.meta.url) });
`,
    "README.md": updateReadme(readme(packageName, identity, constant, keyEnv), {
      provider: toDefinition(report, identity),
    }),
  };
}

function readme(packageName: string, { name, day }: Identity, constant: string, keyEnv: string | undefined): string {
  return `# ${packageName}

${name} for [llm-provider](https://github.com/llm-provider/llm-provider). A probe measured its facts on ${day}.

\`\`\`ts
import { ${constant} } from "${packageName}";

const provider = ${constant}();${keyEnv === undefined ? "" : ` // the key comes from ${keyEnv}`}
const { smallModel: model } = ${constant}.definition;
const answer = await provider.chat({ model, messages: [{ role: "user", content: "Hello!" }] });
console.log(answer.text, answer.usage);
\`\`\`

## LibreChat

<!-- generated: librechat -->
<!-- /generated -->

## Facts

<!-- generated: facts -->
<!-- /generated -->
`;
}
