/** Where the documentation repository keeps what a guide needs. Read in LibreChat-AI/librechat.ai, 2026-08-21. */
export const layout = {
  guides: "content/docs/configuration/librechat_yaml/ai_endpoints",
  pages: "content/docs/configuration/librechat_yaml/ai_endpoints/meta.json",
  icons: "components/icons/providers",
  iconExports: "components/icons/providers/index.ts",
  iconMap: "lib/icons.tsx",
} as const;

/** The path of a guide. Its translations (`<id>.de.mdx`) are made by the repository's own workflow. */
export function guidePath(id: string): string {
  return `${layout.guides}/${id}.mdx`;
}
