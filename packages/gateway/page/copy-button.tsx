import type { VNode } from "preact";
import { useState } from "preact/hooks";

/** Copies a text, and briefly confirms it. */
export function CopyButton({ text, name }: { text: string; name: string }): VNode {
  const [said, setSaid] = useState<string>();
  const copy = async (): Promise<void> => {
    setSaid((await copied(text)) ? "Copied" : "Not allowed");
    setTimeout(setSaid, 1500, undefined);
  };
  return (
    <>
      <button type="button" onClick={copy}>
        {said ?? name}
      </button>
      <span class="unseen" role="status">
        {said}
      </span>
    </>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages from another machine over plain http cannot use the clipboard API.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}
