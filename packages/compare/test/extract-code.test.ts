import { expect, test } from "vitest";
import { extractCode } from "../src/index.ts";

const code = "export const a = 1;";

test.each([
  ["a bare block", `\`\`\`\n${code}\n\`\`\``],
  ["js", `\`\`\`js\n${code}\n\`\`\``],
  ["JavaScript, and words around it", `Here it is:\n\n\`\`\`JavaScript\n${code}\n\`\`\`\n\nIt works.`],
  ["tildes", `~~~javascript\n${code}\n~~~`],
  ["a title behind the tag", `\`\`\`js title="a.js"\n${code}\n\`\`\``],
  ["Windows line ends", `\`\`\`js\r\n${code}\r\n\`\`\``],
  ["an indented fence", `  \`\`\`js\n${code}\n  \`\`\``],
])("takes %s", (_, answer) => expect(extractCode(answer)).toEqual({ code }));

test("a longer fence holds shorter ones", () =>
  expect(extractCode("````js\nconst a = `\n```\n`;\n````")).toEqual({ code: "const a = `\n```\n`;" }));

test.each([
  ["", /no fenced code block/],
  ["export const a = 1;", /no fenced code block/],
  ["Use `a` and ```b``` inline.", /no fenced code block/],
  ["```js\na\n```\nor\n```js\nb\n```", /2 fenced code blocks/],
  ["```python\na = 1\n```", /tagged `python`/],
  ["```ts\na\n```", /tagged `ts`/],
  ["```jsx\na\n```", /tagged `jsx`/],
  ["```js\nexport const a = 1;", /not closed/],
])("refuses %j and says why", (answer, reason) => {
  const extracted = extractCode(answer);
  expect("reason" in extracted && extracted.reason).toMatch(reason);
});
