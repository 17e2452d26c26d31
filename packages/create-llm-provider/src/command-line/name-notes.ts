import type { TemplateContext } from "../context/template-context.ts";
import type { Host } from "./host.ts";

/** Warnings about a name: it is one of ours, or taken on npm. Asks the registry if `online`. */
export async function nameNotes(
  { id, isTool, packageName, inWorkspace }: TemplateContext,
  { resources, environment }: Host,
  online: boolean,
): Promise<string[]> {
  if (inWorkspace) return [];
  const notes: string[] = [];
  const ours = `@llm-provider/${id}`;
  if (!isTool && Object.hasOwn(resources.versions, ours))
    notes.push(`${ours} exists already: \`npm install ${ours}\`. Give another id, unless you want your own.`);
  if (online && (await isTaken(packageName, environment["npm_config_registry"])))
    notes.push(
      `${packageName} is taken on npm. If it is not yours, choose another id, or a name of your own with --scope @you.`,
    );
  return notes;
}

/** Without an answer of the registry, the name counts as free. */
async function isTaken(name: string, registry = "https://registry.npmjs.org/"): Promise<boolean> {
  const address = `${registry.replace(/\/*$/, "/")}${name.replace("/", "%2f")}`;
  const response = await fetch(address, {
    headers: { accept: "application/vnd.npm.install-v1+json" },
    redirect: "manual",
    signal: AbortSignal.timeout(3000),
  }).catch(() => undefined);
  await response?.body?.cancel().catch(() => undefined);
  return response?.status === 200;
}
