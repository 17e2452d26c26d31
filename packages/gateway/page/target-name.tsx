import type { VNode } from "preact";

/** `provider:model`. If there is little room, the model's beginning is cut off, since its end tells more. */
export function TargetName({ target }: { target: string }): VNode {
  const end = target.indexOf(":") + 1;
  return (
    <span class="target">
      <span>{target.slice(0, end)}</span>
      <span class="tail">
        <bdi>{target.slice(end)}</bdi>
      </span>
    </span>
  );
}
