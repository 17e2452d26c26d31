import type { VNode } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

const themes = ["system", "light", "dark"] as const;

/** Switches between the system's theme, light and dark. The browser remembers the choice. */
export function ThemeButton(): VNode {
  const [theme, setTheme] = useState(() => localStorage.getItem("llm-provider-theme") ?? "system");
  useLayoutEffect(() => {
    document.documentElement.dataset["theme"] = theme;
    localStorage.setItem("llm-provider-theme", theme);
  }, [theme]);
  const next = themes[(themes.indexOf(theme as "system") + 1) % themes.length]!;
  return (
    <button type="button" class="theme" title={`Switch to ${next}`} onClick={() => setTheme(next)}>
      <span class="wide-only">Theme: </span>
      {theme}
    </button>
  );
}
