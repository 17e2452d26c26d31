import { expect, test } from "vitest";
import { readHtml, readMarkdown } from "../../src/text/read-markup.ts";

test("only the visible text of HTML is read", () => {
  const html = `<!doctype html><html><head><title>Our price list</title><style>p { color: red }</style></head><body>
    <h1>Prices <a href="https://example.org/all">2026</a></h1>
    <p>All prices are in euros,
      without <b>tax</b>.<br>Ask us.</p>
    <section>First</section><section>Second</section>
    <table><thead><tr><th>Name<th>Price</tr></thead><tr><td>Tea</td><td>3&nbsp;&euro;</td></tr></table>
    <ul><li>One<li>Two</ul><pre>  let a;
    a = 1;</pre>
    <p hidden>secret 1</p><p style="color: red; display:none">secret 2</p><template>secret 3</template>
    <noscript>secret 4</noscript><script>secret(5)</script><!-- secret 6 --><img src="x.png" alt="secret 7">
    </body></html>`;
  expect(readHtml(html).replaceAll("\u00a0", " ")).toBe(
    [
      "Our price list\n\nPrices 2026\n\nAll prices are in euros, without tax.\nAsk us.\n\nFirst\nSecond\nName | Price\nTea | 3 €\n",
      " * One\n * Two\n\n  let a;\n    a = 1;",
    ].join("\n"),
  );
});

test("a fragment of HTML is read too, and a long line is not wrapped", () => {
  const words = "word ".repeat(100).trim();
  expect(readHtml(`<p>${words}</p>tail`)).toBe(`${words}\n\ntail`);
});

test("a long document is read to its end", () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `<li>row ${index}`);
  const text = readHtml(`<ul>${rows.join("")}</ul>`);
  expect(text).toContain("row 19999");
  expect(text.split("\n")).toHaveLength(20_000);
});

test("Markdown is read without its markup", () => {
  const source =
    "# Title\n\nSome *text* with [a link](https://example.org) &amp; `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n" +
    "```ts\nconst a = <b>1;\n  next();\n```\n\n- one\n- two\n\n![picture](p.png)\n\n<!-- hidden -->\n\n> A quotation\n";
  expect(readMarkdown(source)).toBe(
    "Title\n\nSome text with a link & code.\n\na | b\n1 | 2\n\nconst a = <b>1;\n  next();\n\n * one\n * two\n\n> A quotation",
  );
});

test("front matter is kept as it is, and a horizontal rule at the beginning is not front matter", () => {
  expect(readMarkdown('---\ntitle: "A & B"\ntags: [a, b]\n---\n\n# Head\n')).toBe(
    'title: "A & B"\ntags: [a, b]\n\nHead',
  );
  expect(readMarkdown("+++\ntitle = 'A'\n+++\nText")).toBe("title = 'A'\n\nText");
  expect(readMarkdown("---\n\nText\n\n---\n\nMore: text")).toBe("Text\n\nMore: text");
  expect(readMarkdown("---\ntitle: never closed\n\nText")).toContain("title: never closed");
});
