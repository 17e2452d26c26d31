import type { Definition } from "@llm-provider/core";
import type { Draft } from "../clone/draft.ts";
import { layout } from "../docs-layout.ts";
import { exportIcon, iconNames, mapIcon } from "./icon-registries.ts";
import { readIcon, type Shape } from "./read-icon.ts";

/** The section's icon, for a page without its own. */
const general = "Plug";

/** Characters: the line length of the documentation repository, whose format check reads the file. */
const width = 100;

/** Chooses the name for a guide's `icon:`, and drafts the component and the two registry lines of a new icon. */
export function planIcon(
  draft: Draft,
  { id, name }: Definition,
  svg: string | undefined,
): { name: string; isNew: boolean } {
  const names = iconNames(draft.need(layout.iconMap));
  const wanted = new Set([iconName(name), iconName(id)].map((text) => text.toLowerCase()));
  const known = names.find((icon) => icon.isBrand && wanted.has(icon.name.toLowerCase()));
  if (svg === undefined) return { name: known?.name ?? general, isNew: false };

  // A general icon may have the provider's name already, such as `Bot`.
  const isTaken = names.some((icon) => !icon.isBrand && icon.name === iconName(name));
  const own = known?.name ?? `${iconName(name)}${isTaken ? "Brand" : ""}`;
  if (known) return { name: own, isNew: false };
  draft.write(`${layout.icons}/${id}.tsx`, iconComponent(`${own}Icon`, readIcon(svg)));
  draft.write(layout.iconExports, exportIcon(draft.need(layout.iconExports), `${own}Icon`, id));
  draft.write(layout.iconMap, mapIcon(draft.need(layout.iconMap), own, `${own}Icon`));
  return { name: own, isNew: true };
}

/** The name of a provider as an identifier: `xAI` → `XAI`, `NEAR AI Cloud` → `NEARAICloud`. */
export function iconName(name: string): string {
  const letters = name
    .normalize("NFKD")
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
  return /^[A-Z]/.test(letters) ? letters : `Icon${letters}`;
}

/** The source of a React component that draws the icon, in the form that Prettier gives it there. */
export function iconComponent(component: string, shapes: readonly Shape[]): string {
  return `import type { SVGProps } from 'react'

${signature(component)} {
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" className={className} {...props}>
${shapes.map(element).join("\n")}
    </svg>
  )
}
`;
}

function signature(component: string): string {
  const line = `export default function ${component}({ className, ...props }: SVGProps<SVGSVGElement>)`;
  if (line.length + 2 <= width) return line;
  return `export default function ${component}({\n  className,\n  ...props\n}: SVGProps<SVGSVGElement>)`;
}

function element({ element: name, attributes }: Shape): string {
  const texts = attributes.map(([attribute, value]) => `${camelCase(attribute)}="${value}"`);
  const line = `      <${name} ${texts.join(" ")} />`;
  if (line.length <= width) return line;
  return `      <${name}\n${texts.map((text) => `        ${text}`).join("\n")}\n      />`;
}

function camelCase(attribute: string): string {
  return attribute.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
