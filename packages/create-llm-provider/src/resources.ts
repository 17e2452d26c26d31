import { readTemplates, type Templates } from "./read-templates.ts";
import { readVersions } from "./read-versions.ts";
import type { Versions } from "./template-context.ts";

/** What the scaffolder carries beside its code. */
export type Resources = {
  templates: Templates;
  versions: Versions;
};

// The bundle script puts the object in the place of this name.
declare const bundledResources: Resources | undefined;

/** In the published bin: the copies made when it was bundled. In this repository: what its files say now. */
export function resources(): Resources {
  if (typeof bundledResources !== "undefined") return bundledResources;
  const root = new URL("../../../", import.meta.url);
  return { templates: readTemplates(new URL("templates/", root)), versions: readVersions(root) };
}
