import { createRequire } from "node:module";

/** This package, as it is installed. */
export const ownPackage: { readonly name: string; readonly version: string } = createRequire(import.meta.url)(
  "../package.json",
) as { name: string; version: string };
