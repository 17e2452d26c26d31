import { createRequire } from "node:module";

/** The name and version of this package, as installed. */
export const ownPackage: { readonly name: string; readonly version: string } = createRequire(import.meta.url)(
  "../package.json",
) as { name: string; version: string };
