import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A line that LibreChat logs when a provider refuses. */
const logged =
  'error: [api/server/controllers/agents/client.js #sendCompletion] 400 {"error":{"message":"property \'logit_bias\' is unsupported","type":"invalid_request_error"}}';

/**
 * Writes the programs that a block names into a folder for PATH: our built programs run; `npm` only notes its packages in
 * `installed`; `docker`, `ollama`, `git clone` and `git diff` are fakes.
 */
export function writePrograms(root: string, folder: string, clone: string): void {
  mkdirSync(folder, { recursive: true });
  const built = (path: string): string =>
    `NODE_OPTIONS="--import=${pathToFileURL(join(root, "packages/cli/test/blocks/offline.ts")).href}" exec "${process.execPath}" "${join(root, path)}"`;
  // These listen until they are stopped.
  const stop =
    'case "$1 $*" in "rag rag try"*) ;; twin*|gateway*|rag*|*--http*|searxng*) export STOP_SERVER=1 ;; esac\n';
  const programs: { readonly [name: string]: string } = {
    "llm-provider": `${stop}${built("packages/cli/dist/bin.js")} "$@"`,
    "llm-record": `${built("packages/testing/dist/bin/llm-record.js")} "$@"`,
    "llm-docs": `${built("packages/docs/dist/bin/llm-docs.js")} "$@"`,
    "llm-serpapi": `${stop}${built("packages/serpapi/dist/cli.js")} "$@"`,
    "llm-weaviate": `${stop}${built("packages/weaviate/dist/cli.js")} "$@"`,
    npx: `while [ "$1" = -p ]; do shift 2; done
program=$1; shift
case $program in
  llm-provider|llm-record|llm-docs) exec $program "$@" ;;
  @llm-provider/serpapi) exec llm-serpapi "$@" ;;
  @llm-provider/weaviate) exec llm-weaviate "$@" ;;
esac
# pnpm: --filter PACKAGE SCRIPT …
[ "$program $2" = "-y --filter" ] || { echo "npx $program is not known here" >&2; exit 1; }
case $3 in
  @llm-provider/examples) cd "${join(root, "examples/providers")}" ;;
  @llm-provider/example-web-search-agent) cd "${join(root, "examples/web-search-agent")}" ;;
  @llm-provider/example-rag) cd "${join(root, "examples/rag")}" ;;
esac
script=$4; shift 4
command=$("${process.execPath}" -p 'require("./package.json").scripts[process.argv[1]].replace(/^node /, "")' "$script")
${built("$command").replace(/"[^"]*\$command"/, "$command")} "$@"`,
    npm: `[ "$1" = install ] || exit 1; shift; echo "$@" >> "${join(folder, "installed")}"`,
    ollama: "exit 0",
    docker: `[ "$2" = logs ] && echo '${logged.replaceAll("'", String.raw`'\''`)}'; exit 0`,
    git: `[ "$1" = diff ] && exec echo "+a line"
[ "$1" = clone ] && exec cp -R "${clone}" "$(basename "$2")"; PATH=\${PATH#*:} exec git "$@"`,
  };
  for (const [name, text] of Object.entries(programs))
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}
