import type { TwinObject } from "./twin-collection.ts";

/** The documents of `llm-weaviate twin`; the cassettes are recorded from them. */
export const sampleDocuments: readonly TwinObject[] = [
  document("Brewing green tea", "teas/green.md", "Pour water of 80 °C over the leaves and wait two minutes.", 2021),
  document("Brewing black tea", "teas/black.md", "Black leaves take boiling water and up to five minutes.", 2019),
  document("Cold brew coffee", "coffee/cold-brew.md", "Leave coarse grounds in cold water for twelve hours.", 2024),
  document("Cleaning the kettle", "care/kettle.md", "Boil vinegar and water once a month against limescale.", 2022),
  document("Storing leaves", "teas/storage.md", "Keep tea dry, dark and away from spices.", 2018),
];

function document(title: string, source: string, content: string, year: number): TwinObject {
  return { properties: { title, source, content, year } };
}
