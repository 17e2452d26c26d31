import { describe, expect, it } from "vitest";
import { iconComponent, iconName } from "../src/icon/plan-icon.ts";
import { readIcon } from "../src/icon/read-icon.ts";

const svg = (inner: string, frame = 'viewBox="0 0 24 24"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${frame}>${inner}</svg>`;

describe("an icon", () => {
  it("becomes a component that accepts a class and properties", () => {
    const source = iconComponent(
      "AcmeIcon",
      readIcon(svg('<title>Acme</title><path fill-rule="evenodd" d="M2 2\n h20"/>')),
    );
    expect(source).toBe(`import type { SVGProps } from 'react'

export default function AcmeIcon({ className, ...props }: SVGProps<SVGSVGElement>) {
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" className={className} {...props}>
      <path fill="currentColor" fillRule="evenodd" d="M2 2 h20" />
    </svg>
  )
}
`);
  });

  it("has lines of at most 100 characters if they can be broken", () => {
    const source = iconComponent(
      `${"Very".repeat(12)}Icon`,
      readIcon(
        svg(`<circle cx="1" cy="2" r="3" opacity="0.5" transform="translate(1 2) rotate(45) scale(2)" fill="black"/>`),
      ),
    );
    expect(source.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(source).toContain('        fill="currentColor"\n      />');
  });

  it("keeps the strokes of an outline", () => {
    const [shape] = readIcon(
      svg('<circle cx="12" cy="12" r="9"></circle>', 'viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="2"'),
    );
    expect(shape!.attributes).toEqual([
      ["fill", "none"],
      ["stroke", "currentColor"],
      ["stroke-width", "2"],
      ["cx", "12"],
      ["cy", "12"],
      ["r", "9"],
    ]);
  });

  it.each([
    ["more than 1,500 bytes", svg(`<path d="${"M1 1".repeat(400)}"/>`), /at most 1500 are allowed/],
    ["another grid", svg('<path d="M1 1"/>', 'viewBox="0 0 512 512"'), /viewBox="0 0 24 24"/],
    ["no content", svg(""), /may contain only these/],
    ["a script", svg('<path d="M1 1"/><script>alert(1)</script>'), /may contain only these/],
    ["a group", svg('<g><path d="M1 1"/></g>'), /may contain only these/],
    ["a style", svg('<style>path{fill:red}</style><path d="M1 1"/>'), /may contain only these/],
    ["an entity", `<!DOCTYPE svg [<!ENTITY x "y">]>${svg('<path d="M1 1"/>')}`, /not a plain SVG/],
    ["a handler", svg('<path d="M1 1" onclick="alert(1)"/>'), /onclick/],
    ["a link", svg('<path d="M1 1" href="https://x.example"/>'), /href/],
    ["a colour", svg('<path d="M1 1" fill="#ff0000"/>'), /must have one colour/],
    ["code in an attribute", svg('<path d="{alert(1)}"/>'), /contains more than/],
    ["HTML instead of SVG", "<html></html>", /not a plain SVG/],
  ])("is refused with %s", (_, text, message) => {
    expect(() => readIcon(text)).toThrow(message);
  });

  it.each([
    ["xAI", "XAI"],
    ["NEAR AI Cloud", "NEARAICloud"],
    ["together.ai", "TogetherAi"],
    ["01.AI", "Icon01AI"],
    ["Café", "Cafe"],
  ])("is named after %s", (name, expected) => {
    expect(iconName(name)).toBe(expected);
  });
});
