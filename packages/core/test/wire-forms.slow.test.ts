import { describe, it } from "vitest";
import { forms } from "./forms/forms.ts";
import { expectAsWanted } from "./support/wire-case.ts";

describe.each(Object.entries(forms))("forms of kind %s, cut at every byte", (_, rows) => {
  it.each(rows.flatMap((one) => one.how.map((how) => ({ what: one.what, how, one }))))(
    "$what, by $how",
    async ({ one, how }) => {
      await expectAsWanted(one, how);
    },
  );
});
