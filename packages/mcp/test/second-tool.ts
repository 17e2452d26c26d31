// A second tool, over a JSON API that needs no key. This is all that its author has to write.
import { defineTool, ProviderError } from "@llm-provider/core";
import { z } from "zod";

type Rates = { base: string; date: string; rates: { [currency: string]: number } };

const currency = z.string().regex(/^[A-Z]{3}$/, "three capital letters are needed: EUR");

export const rates = defineTool({
  id: "rates",
  name: "exchange_rates",
  description: "Returns today's exchange rates of a currency.",
  docs: "https://rates.example.com/docs",
  baseURL: "https://rates.example.com",
  auth: "none",
  input: z.object({ base: currency, in: z.array(currency).min(1).max(20) }),
  async execute({ base, in: wanted }, { fetch, baseURL }): Promise<Rates> {
    const query = new URLSearchParams({ base, symbols: wanted.join(",") });
    const response = await fetch(`${baseURL}/latest?${query}`);
    if (response.ok) return (await response.json()) as Rates;
    throw new ProviderError(`The rates of ${base} are not available (HTTP ${response.status})`, {
      code: response.status === 404 ? "not-found" : "server",
      provider: "rates",
      status: response.status,
      retryable: response.status >= 500,
      hint: "Check the currency, or try again later.",
    });
  },
  toText: ({ base, date, rates: values }) =>
    [`1 ${base} on ${date}:`, ...Object.entries(values).map(([name, value]) => `- ${value} ${name}`)].join("\n"),
});
