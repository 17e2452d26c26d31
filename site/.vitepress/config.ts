import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";
import { anchorOf } from "../../scripts/markdown/anchors.ts";
import { repositoryURL } from "../../scripts/markdown/broken-links.ts";
import { siteGroups, sitePath } from "../pages.ts";
import { resolveLinks } from "../resolve-links.ts";

const base = process.env["SITE_BASE"] ?? "/llm-provider/";
const about =
  "Describe an LLM endpoint once; get its client, its contract tests, a strict fake of it and its LibreChat configuration.";
const groups = siteGroups();

export default defineConfig({
  title: "llm-provider",
  description: about,
  lang: "en",
  base,
  srcDir: "..",
  outDir: "../.tmp/site",
  cacheDir: "../.tmp/site-cache",
  cleanUrls: true,
  sitemap: { hostname: `https://llm-provider.github.io${base}` },
  // Links to a twin or to Ollama on the reader's machine.
  ignoreDeadLinks: "localhostLinks",
  // People read the same Markdown on GitHub; files excluded here appear only there.
  srcExclude: [
    "*.md",
    "{bench,e2e,examples,scripts,site,templates,test,.*}/**",
    "packages/*/!(README.md)",
    "packages/*/*/**",
  ],
  rewrites: sitePath,
  markdown: {
    anchor: { slugify: anchorOf },
    config: (markdown) => resolveLinks(markdown),
  },
  // Pages are outside this folder but must find its Vue.
  vite: {
    resolve: { alias: [{ find: /^vue(?=$|\/)/, replacement: join(import.meta.dirname, "../node_modules/vue") }] },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Getting started", link: "/getting-started" },
      { text: "Providers", link: "/providers/groq" },
      { text: "Reference", link: "/parameters" },
    ],
    sidebar: groups.map(({ title, pages }) => ({
      text: title,
      collapsed: title === "Packages",
      items: pages.map((page) => ({ text: page.title, link: page.link })),
    })),
    socialLinks: [{ icon: "github", link: repositoryURL }],
    editLink: { pattern: `${repositoryURL}/edit/main/:path`, text: "Edit this page on GitHub" },
  },
  // https://llmstxt.org: what a language model reads first.
  buildEnd: ({ outDir }) => {
    const lists = groups.map(({ title, pages }) => {
      const links = pages.map((page) => `- [${page.title}](${repositoryURL}/blob/main/${page.file}): ${page.about}`);
      return `## ${title}\n\n${links.join("\n")}\n`;
    });
    writeFileSync(join(outDir, "llms.txt"), `# llm-provider\n\n> ${about}\n\n${lists.join("\n")}`);
  },
});
