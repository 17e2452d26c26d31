/** The name of a provider as an identifier: `xAI` → `XAI`, `NEAR AI Cloud` → `NEARAICloud`. */
export function iconName(name: string): string {
  const letters = name
    .normalize("NFKD")
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
  return /^[A-Z]/.test(letters) ? letters : `Icon${letters}`;
}
