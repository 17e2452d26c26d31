/** Paths in the documentation repository that a guide needs. Read in LibreChat-AI/librechat.ai, 2026-08-21. */
export const layout = {
  guides: "content/docs/configuration/librechat_yaml/ai_endpoints",
  pages: "content/docs/configuration/librechat_yaml/ai_endpoints/meta.json",
  icons: "components/icons/providers",
  iconExports: "components/icons/providers/index.ts",
  iconMap: "lib/icons.tsx",
} as const;

/** The path of a guide. The repository's own workflow makes its translations (`<id>.de.mdx`). */
export function guidePath(id: string): string {
  return `${layout.guides}/${id}.mdx`;
}
