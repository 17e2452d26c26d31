const count = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4 });
const dollars = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 4,
});
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** Formats values for the page. Absent values become an empty text. */
export const format = {
  count: (value: number | undefined): string => (value === undefined ? "" : count.format(value)),

  rate: (value: number | undefined): string =>
    value === undefined ? "" : count.format(value < 10 ? Math.round(value * 10) / 10 : Math.round(value)),

  ms(value: number | undefined): string {
    if (value === undefined) return "";
    if (value < 1000) return `${Math.round(value)} ms`;
    if (value < 60_000) return `${(value / 1000).toFixed(value < 10_000 ? 2 : 1)} s`;
    const seconds = Math.round(value / 1000);
    return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
  },

  /** US dollars. Small amounts keep two significant digits. */
  usd(value: number | undefined): string {
    if (value === undefined) return "";
    if (value === 0 || value >= 0.01) return dollars.format(value);
    return `$${value.toFixed(Math.min(10, 1 - Math.floor(Math.log10(value))))}`;
  },

  /** A cost, with ~ for an estimate. */
  cost({ cost, isEstimated }: { readonly cost?: number; readonly isEstimated?: true }): string {
    return cost !== undefined && isEstimated ? `~${format.usd(cost)}` : format.usd(cost);
  },

  bytes(value: number): string {
    if (value < 1024) return `${value} B`;
    return value < 1024 * 1024 ? `${(value / 1024).toFixed(1)} KiB` : `${(value / 1024 / 1024).toFixed(1)} MiB`;
  },

  time: (iso: string): string => clock.format(new Date(iso)),
  day: (iso: string): string => day.format(new Date(iso)),
};
