import type { Definition } from "@llm-provider/core";

type Fact = NonNullable<NonNullable<Definition["limits"]>["headers"]>[string];

/** One header of a rate limit: the sent value, and the expected result. */
export interface LimitCase {
  readonly header: string;
  readonly fact: Fact;
  readonly sent: () => string;
  readonly expected: number;
  readonly tolerance: number;
}

/** A value in each unit, in every way in which it may be written. */
export function limitCases({ limits }: Definition): LimitCase[] {
  return Object.entries(limits?.headers ?? {}).flatMap(([header, fact]) =>
    valuesOf(fact.unit).map(({ sent, expected, tolerance = 0 }) => ({ header, fact, sent, expected, tolerance })),
  );
}

function valuesOf(unit: Fact["unit"]): { sent: () => string; expected: number; tolerance?: number }[] {
  switch (unit) {
    case "count":
      return [
        { sent: () => "14400", expected: 14_400 },
        { sent: () => "0", expected: 0 },
      ];
    case "seconds":
      return [
        { sent: () => "7.5", expected: 7500 },
        { sent: () => "60", expected: 60_000 },
      ];
    case "milliseconds":
      return [{ sent: () => "7500", expected: 7500 }];
    case "epoch-ms":
      // The clock goes on while the request is under way.
      return [{ sent: () => String(Date.now() + 90_000), expected: 90_000, tolerance: 5000 }];
    case "duration":
      return [
        { sent: () => "2m59.56s", expected: 179_560 },
        { sent: () => "7.66s", expected: 7660 },
        { sent: () => "120ms", expected: 120 },
        { sent: () => "1h0m1s", expected: 3_601_000 },
      ];
  }
}
