const printWidth = 120;
const identifier = /^[A-Za-z_$][\w$]*$/;

/**
 * One line of an object literal, as the formatter writes it: `{{property 2 "baseURL" baseURL}}`. A line that would be
 * too wide is broken the way oxfmt breaks it, so that what is generated needs no formatting, whatever the answers are.
 */
export function property(indent: number, name: string, value: string | readonly string[]): string {
  const start = `${" ".repeat(indent)}${name}: `;
  const flat = `${start}${Array.isArray(value) ? `[${value.map((item) => JSON.stringify(item)).join(", ")}]` : JSON.stringify(value)},`;
  if (flat.length <= printWidth) return flat;
  // The formatter does not break after a key so short that it would gain nothing.
  if (typeof value === "string" && name.length < 5) return flat;
  const inner = " ".repeat(indent + 2);
  if (typeof value === "string") return `${start.trimEnd()}\n${inner}${JSON.stringify(value)},`;
  return `${start}[\n${value.map((item) => `${inner}${JSON.stringify(item)},\n`).join("")}${" ".repeat(indent)}],`;
}

/** A constant with a string value: `{{constant "baseURL" baseURL}}`. */
export function constant(name: string, value: string): string {
  const flat = `const ${name} = ${JSON.stringify(value)};`;
  return flat.length <= printWidth ? flat : `const ${name} =\n  ${JSON.stringify(value)};`;
}

/** A JSON value on several lines, as the formatter writes it into package.json. */
export function block(indent: number, value: object): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", `\n${" ".repeat(indent)}`);
}

/** A key of an object literal: quoted only where it must be, as the formatter has it. */
export function objectKey(name: string): string {
  return identifier.test(name) ? name : JSON.stringify(name);
}
