/** US dollars, with as many digits as say something. */
export function dollars(cost: number): string {
  return `$${cost === 0 ? "0" : cost >= 0.01 ? cost.toFixed(4) : cost.toPrecision(2)}`;
}

/** A span of time, in the unit that a person would use. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
