export { markdownTable } from "./markdown-table.ts";
export { providerTables, wireTables } from "./provider-tables.ts";
export { publishProblems, unreadPages } from "./publish-problems.ts";
export { hasPart, replacePart } from "./replace-part.ts";
export { type Subject, type SubjectOptions, toSubject, updateReadme } from "./update-readme.ts";
