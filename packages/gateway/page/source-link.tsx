import type { VNode } from "preact";

/** The source of a fact: a link if it is a URL, otherwise its text. */
export function SourceLink({ source }: { source: string }): VNode {
  const page = URL.parse(source);
  if (page?.protocol !== "https:" && page?.protocol !== "http:") return <span class="source">{source}</span>;
  const path = page.pathname.split("/").filter(Boolean);
  return (
    <a class="source" href={page.href} target="_blank" rel="noreferrer noopener" title={page.href}>
      {[page.hostname, path.length > 1 && "…", path.at(-1)].filter(Boolean).join("/")}
    </a>
  );
}
