export { markdownTable, providerTables, wireTables } from "./provider-tables.ts";
export { placeholderModel, publishProblems, unreadPages } from "./publish-problems.ts";
export { hasPart, readPart, replacePart } from "./replace-part.ts";
export { type Subject, type SubjectOptions, libreChatYAML, toSubject, updateReadme } from "./update-readme.ts";
