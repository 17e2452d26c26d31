import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

export const guides = "content/docs/configuration/librechat_yaml/ai_endpoints";

/** An invented page about an older Acme. */
export const oldPage = `---
title: Acme
icon: Bolt
description: How to use Acme.
---

Acme hosts fast birds such as Condor and Wide models.

## Get an API key

Ask for a key at [the old desk](https://old.acme.example). Note it down:

\`\`\`bash filename=".env"
OLD_ACME_KEY=put-it-here
\`\`\`

## Configuration

This is the item:

\`\`\`yaml filename="librechat.yaml"
    - name: "acme"
      apiKey: "\${OLD_ACME_KEY}"
      baseURL: "https://api.acme.example/v1/"
      models:
        default: ["condor-1", "condor-0"]
        fetch: true
      titleModel: "condor-0"
      titleMethod: "completion"
      dropParams: ["stop"]
\`\`\`

## Notes

- \`condor-1\` is the clever one,
  and it says so.
- Acme forgets nothing. Keep \`stop\` away from it.
- Fetching its models is fine.

<Callout>Here be dragons.</Callout>

## More

The end.
`;

/** The two known layouts of the registries: lists on several lines or on one, and imports by path or by alias. */
export type Layout = "lines" | "compact";

const files: { readonly [layout in Layout]: { readonly [path: string]: string } } = {
  lines: {
    [`${guides}/meta.json`]: `{\n  "title": "Endpoints",\n  "icon": "Plug",\n  "pages": [\n    "bolt",\n    "comet",\n    "nova"\n  ]\n}\n`,
    "components/icons/providers/index.ts": `export { default as BoltIcon } from './bolt'\nexport { default as NovaIcon } from './nova'\n`,
    "lib/icons.tsx": `import type { ReactElement } from 'react'
import {
  BoltIcon,
  NovaIcon,
} from '../components/icons/providers'
import { Plug, Zenith } from 'lucide-react'

const icons: Record<string, ReactElement> = {
  Plug: <Plug />,
  Zenith: <Zenith />,
  // brands
  Bolt: <BoltIcon />,
  Nova: <NovaIcon />,
}

export function resolve(icon: string) {
  return icons[icon]
}
`,
  },
  compact: {
    [`${guides}/meta.json`]: `{ "pages": ["index", "bolt", "...", "nova"], "title": "Endpoints" }\n`,
    "components/icons/providers/index.ts": `export { default as BoltIcon } from "./bolt";\nexport { default as NovaIcon } from "./nova";\n`,
    "lib/icons.tsx": `import {
  BoltIcon,
  NovaIcon,
} from "@/components/icons/providers";
import { Plug } from "lucide-react";

export const icons = {
  Plug: <Plug />,
  Bolt: <BoltIcon />,
  Nova: <NovaIcon />,
};
`,
  },
};

export type FakeClone = { readonly path: string; git(...command: string[]): string };

/** Created once and then copied, because git is slow to start. */
const bases = new Map<Layout, string>();
afterAll(removeBases);

/** Creates a small repository like LibreChat's documentation, with these files added, and commits it. */
export function fakeClone(extra: { readonly [path: string]: string } = {}, layout: Layout = "lines"): FakeClone {
  const path = newFolder();
  cpSync(bases.get(layout) ?? makeBase(layout), path, { recursive: true });
  const git = gitIn(path);
  write(path, extra);
  if (Object.keys(extra).length > 0) commitAll(git);
  return { path, git };
}

function makeBase(layout: Layout): string {
  const path = newFolder();
  const git = gitIn(path);
  git("init", "--quiet", "--initial-branch=main", "--template=");
  mkdirSync(join(path, ".git", "hooks"));
  write(path, {
    ...files[layout],
    ".gitattributes": "* -text\n",
    "package.json": `{ "scripts": { "lint": "eslint", "test": "vitest run", "typecheck": "tsc" } }\n`,
    [`${guides}/bolt.mdx`]: "---\ntitle: Bolt\n---\n",
    [`${guides}/bolt.de.mdx`]: "---\ntitle: Bolt\n---\n",
    "components/icons/providers/bolt.tsx": "export default function BoltIcon() {\n  return null\n}\n",
  });
  commitAll(git);
  bases.set(layout, path);
  return path;
}

function removeBases(): void {
  for (const path of bases.values()) rmSync(path, { recursive: true, force: true });
  bases.clear();
}

function newFolder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "docs-clone-")));
  onTestFinished(() => {
    if (![...bases.values()].includes(path)) rmSync(path, { recursive: true, force: true });
  });
  return path;
}

function gitIn(path: string): FakeClone["git"] {
  const person = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  return (...command) => execFileSync("git", [...person, ...command], { cwd: path, encoding: "utf8" });
}

function commitAll(git: FakeClone["git"]): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", "Files");
}

function write(folder: string, texts: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
