import { z } from "zod";

const value = z.union([z.string().max(1000), z.number(), z.boolean()]);

/** What a model may ask for. The descriptions are for the model. */
export const searchInput = z.object({
  query: z.string().trim().min(1).max(2000).describe("What to look for, in the words of the question."),
  collection: z
    .string()
    .max(256)
    .regex(/^[A-Z][_0-9A-Za-z]*$/, "a name that begins with a capital letter is needed: Article")
    .optional()
    .describe("The collection to search, such as Article. Needed only if there are several."),
  limit: z.int().min(1).max(50).default(5).describe("The most passages to return."),
  alpha: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("0: words only. 1: meaning only. Between: both. Leave it out, unless a search found nothing useful."),
  filters: z
    .array(
      z.object({
        property: z
          .string()
          .max(230)
          .regex(/^[_A-Za-z][_0-9A-Za-z]*$/, "the name of a property is needed")
          .describe("The name of a property of the collection."),
        operator: z
          .enum([
            "Equal",
            "NotEqual",
            "GreaterThan",
            "GreaterThanEqual",
            "LessThan",
            "LessThanEqual",
            "Like",
            "ContainsAny",
            "ContainsAll",
            "ContainsNone",
            "IsNull",
          ])
          .describe("Like takes * and ?. The Contains operators take a list. IsNull takes true or false."),
        value: z.union([value, z.array(value).min(1).max(100)]).describe("Dates as 2026-11-29T00:00:00Z."),
      }),
    )
    .max(20)
    .optional()
    .describe("Conditions that every passage must meet."),
  tenant: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, "at most 64 letters, digits, _ and - are allowed")
    .optional()
    .describe("The tenant whose part of the collection to search. Needed only if the collection has tenants."),
});

/** The input as a caller writes it. */
export type SearchInput = z.input<typeof searchInput>;

/** The input with its defaults filled in. */
export type SearchRequest = z.output<typeof searchInput>;

/** One condition of a request. */
export type SearchFilter = NonNullable<SearchRequest["filters"]>[number];
