import type { Shape } from "./read-icon.ts";

/** Characters: the line length of the documentation repository, whose format check reads the file. */
const width = 100;

/** The source of a React component that draws the icon, in the form that Prettier gives it there. */
export function iconComponent(component: string, shapes: readonly Shape[]): string {
  return `import type { SVGProps } from 'react'

${signature(component)} {
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" className={className} {...props}>
${shapes.map(element).join("\n")}
    </svg>
  )
}
`;
}

function signature(component: string): string {
  const line = `export default function ${component}({ className, ...props }: SVGProps<SVGSVGElement>)`;
  if (line.length + 2 <= width) return line;
  return `export default function ${component}({\n  className,\n  ...props\n}: SVGProps<SVGSVGElement>)`;
}

function element({ element: name, attributes }: Shape): string {
  const texts = attributes.map(([attribute, value]) => `${camelCase(attribute)}="${value}"`);
  const line = `      <${name} ${texts.join(" ")} />`;
  if (line.length <= width) return line;
  return `      <${name}\n${texts.map((text) => `        ${text}`).join("\n")}\n      />`;
}

function camelCase(attribute: string): string {
  return attribute.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
