import type { Definition } from "@llm-provider/core";
import { layout } from "./docs-layout.ts";
import type { Draft } from "./draft.ts";
import { exportIcon } from "./export-icon.ts";
import { iconComponent } from "./icon-component.ts";
import { iconName } from "./icon-name.ts";
import { iconNames, mapIcon } from "./map-icon.ts";
import { readIcon } from "./read-icon.ts";

/** What a page without an icon of its own shows: the one of the section. */
const general = "Plug";

/** The name for a guide's `icon:`. A new icon is drawn as a component and entered in both registries. */
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
