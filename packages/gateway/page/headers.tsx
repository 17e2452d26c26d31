import type { VNode } from "preact";

/** A folded list of headers. */
export function Headers({ headers, name }: { headers: { readonly [name: string]: string }; name: string }): VNode {
  const all = Object.entries(headers);
  return (
    <details class="headers">
      <summary>
        {name} ({all.length})
      </summary>
      <dl>
        {all.map(([header, value]) => (
          <div key={header}>
            <dt>{header}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
