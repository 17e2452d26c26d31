/** Is the host in the user's own machine or network? It has a name that is not public, or an address that is not routed. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, "");
  if (host.includes(":")) return host === "::1" || /^(fc|fd|fe80)/.test(host);
  const parts = host.split(".").map(Number);
  if (parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256)) {
    const [a, b] = parts as [number, number];
    return (
      a === 10 ||
      a === 127 ||
      a === 0 ||
      (a === 192 && b === 168) ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 169 && b === 254) ||
      (a === 100 && b >= 64 && b < 128)
    );
  }
  return (
    !host.includes(".") ||
    /\.(local|internal|localhost|lan|home|svc|cluster|arpa|test)$/.test(host) ||
    host.includes(".svc.")
  );
}
