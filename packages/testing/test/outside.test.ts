import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const packages = fileURLToPath(new URL("../../", import.meta.url));
const isBuilt =
  existsSync(join(packages, "testing/dist/vitest.js")) && existsSync(join(packages, "core/dist/index.js"));
/** Runs vitest six more times, half a minute in all; scripts/e2e-faults.sh sets it. */
const isThorough = process.env["OUTSIDE"] !== undefined;
const folder = realpathSync(mkdtempSync(join(tmpdir(), "outside-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An unrelated package with our built packages in its node_modules. */
function writePackage(): void {
  const modules = join(folder, "node_modules");
  for (const name of ["core", "testing"]) {
    const to = join(modules, "@llm-provider", name);
    mkdirSync(to, { recursive: true });
    cpSync(join(packages, name, "dist"), join(to, "dist"), { recursive: true });
    const manifest = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")) as {
      publishConfig: object;
    };
    writeFileSync(join(to, "package.json"), JSON.stringify({ ...manifest, ...manifest.publishConfig }));
  }
  for (const [name, owner] of [
    ["nock", "testing"],
    ["vitest", "testing"],
    ["zod", "core"],
  ] as const) {
    const target = join(packages, owner, "node_modules", name);
    if (existsSync(target)) symlinkSync(realpathSync(target), join(modules, name));
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "outside", type: "module" }));
  writeFileSync(
    join(folder, "vitest.config.ts"),
    'export default { test: { include: ["*.test.ts"], sequence: { concurrent: true, shuffle: true } } };\n',
  );
  cpSync(join(packages, "testing/test/fixtures/bolt.ts"), join(folder, "bolt.ts"));
  for (const name of ["good", "deleted", "changed"])
    cpSync(join(packages, "testing/test/fixtures/cassettes/bolt"), join(folder, name), { recursive: true });
  rmSync(join(folder, "deleted/text.json"));
  const changed = join(folder, "changed/text.json");
  writeFileSync(changed, readFileSync(changed, "utf8").replace("Say hello", "Say hullo"));
  const suite = (body: string): string =>
    `import { describeProvider } from "@llm-provider/testing/vitest";\nimport { bolt } from "./bolt.ts";\n${body}\n`;
  const call = (factory: string, cassettes: string, options = ""): string =>
    `describeProvider(${factory}, { cassettes: new URL("./${cassettes}/", import.meta.url)${options} });`;
  writeFileSync(join(folder, "good.test.ts"), suite(call("bolt", "good")));
  writeFileSync(join(folder, "deleted.test.ts"), suite(call("bolt", "deleted")));
  writeFileSync(join(folder, "changed.test.ts"), suite(call("bolt", "changed")));
  const faulty = `const faulty = Object.assign((options = {}) => bolt({ ...options, fetch: (url, init) => (options.fetch ?? fetch)(url, { ...init, headers: { ...init.headers, "x-api-key": "", authorization: init.headers["x-api-key"] } }) }), { definition: bolt.definition });`;
  writeFileSync(join(folder, "faulty.test.ts"), suite(`${faulty}\n${call("faulty", "good")}`));
  const expected =
    ', expectedFailures: [{ name: "requests-the-right-url", reason: "It is known to fail, see the issue." }, { name: "sends-key-in-its-header", reason: "Another one.", until: "2020-01-01" }]';
  writeFileSync(join(folder, "expected.test.ts"), suite(call("bolt", "good", expected)));
}

type Report = {
  success: boolean;
  testResults: {
    name: string;
    message: string;
    assertionResults: { title: string; status: string; failureMessages: string[] }[];
  }[];
};

async function run(file: string, ...flags: string[]): Promise<{ report: Report; output: string }> {
  const out = join(folder, `${file}-${flags.join("")}.json`.replaceAll(/[^\w.-]/g, ""));
  const bin = join(dirname(realpathSync(join(packages, "testing/node_modules/vitest/package.json"))), "vitest.mjs");
  const ran = promisify(execFile)(
    process.execPath,
    [bin, "run", file, "--reporter=default", "--reporter=json", `--outputFile=${out}`, ...flags],
    { cwd: folder, env: { ...process.env, NO_COLOR: "1", VITEST: undefined, NODE_OPTIONS: "" } },
  );
  const { stdout } = await ran.catch((error: { stdout: string }) => error);
  return { report: JSON.parse(readFileSync(out, "utf8")) as Report, output: stdout };
}

function failedIn({ testResults }: Report): { name: string; text: string }[] {
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ title, failureMessages }) => ({ name: title.split(":")[0]!, text: failureMessages.join("\n") })),
  );
}

// Others install the built packages, so run `tsc -b` before these tests.
describe.skipIf(!isBuilt)("from a package outside this repository", { timeout: 90_000 }, () => {
  beforeAll(writePackage);

  test.runIf(isThorough).each([["forks"], ["threads"], ["forks", "--no-isolate"], ["threads", "--no-isolate"]])(
    "the suite runs in %s %s, also where all is concurrent and shuffled",
    async (pool, ...flags) => {
      const { report, output } = await run("good.test.ts", "--pool", pool, ...flags);
      expect(failedIn(report)).toEqual([]);
      expect([report.success, report.testResults[0]!.assertionResults.length > 90]).toEqual([true, true]);
      expect(output).toContain("Bolt: 8 cassettes: 0 live, 0 documented, 8 from the twin");
    },
  );

  test.runIf(isThorough)("vmThreads is refused with a clear message", async () => {
    const { report } = await run("good.test.ts", "--pool", "vmThreads");
    expect(report.success).toBe(false);
    expect(report.testResults[0]!.message).toContain(
      'describeProvider cannot run in vitest\'s pools vmThreads and vmForks. Set `pool: "forks"`',
    );
  });

  test("a failing check names the fault, the expected and the actual value, and the fact", async () => {
    const { report, output } = await run("faulty.test.ts");
    const failed = failedIn(report);
    expect(failed.map(({ name }) => name)).toContain("sends-key-in-its-header");
    const { text } = failed.find(({ name }) => name === "sends-key-in-its-header")!;
    expect(text).toContain(
      "sends-key-in-its-header (MUST) the key is sent in the header that the definition names, and nowhere else",
    );
    expect(text).toMatch(/expected: .*x-api-key[\s\S]*got: .*authorization[\s\S]*fact: +auth = /);
    expect(output).toContain("sends-key-in-its-header: the key is sent in the header");
  });

  test.runIf(isThorough)("a deleted cassette, or one changed by a byte, fails the suite", async () => {
    for (const [file, text] of [
      ["deleted.test.ts", "none of text: run the record command"],
      ["changed.test.ts", "text.json was changed after it was written"],
    ] as const) {
      const failed = failedIn((await run(file)).report);
      expect(failed.map(({ name }) => name)).toEqual(["cassettes-are-complete"]);
      expect(failed[0]!.text).toContain(text);
    }
  });

  test.runIf(isThorough)("an expected failure that passes fails the suite, and so does an expired one", async () => {
    const failed = failedIn((await run("expected.test.ts")).report);
    expect(failed.map(({ name }) => name)).toEqual(["requests-the-right-url", "sends-key-in-its-header"]);
    expect(failed[0]!.text).toContain(
      "requests-the-right-url passes now. Remove it from expectedFailures (It is known to fail, see the issue.).",
    );
  });
});
