import type { TemplateContext } from "./template-context.ts";
export async function recordCassettes(_context: TemplateContext, _folder: string): Promise<void> {}
