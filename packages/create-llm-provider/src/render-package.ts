import type { LayerName, Templates } from "./read-templates.ts";
import { render } from "./render.ts";
import type { TemplateContext } from "./template-context.ts";

/** All files of the package, its manifest of hashes and its cassettes aside. */
export function renderPackage(templates: Templates, context: TemplateContext): Map<string, string> {
  const { template } = context.answers;
  const names: LayerName[] = [`${template}/shared`];
  if (context.inWorkspace) names.push(`${template}/workspace`);
  else names.unshift("package");
  if (template === "provider" && context.customDialect) names.push("provider/dialect");
  return render(
    names.map((name) => new Map(Object.entries(templates[name]))),
    context,
  );
}
