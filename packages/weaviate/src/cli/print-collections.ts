import { listCollections } from "../list-collections.ts";
import { toolOptions } from "./tool-settings.ts";

/** Prints what the key may search, and how. */
export async function printCollections(): Promise<void> {
  const collections = await listCollections(toolOptions());
  if (collections.length === 0) console.log("There is no collection that this key can read.");
  for (const { name, properties, hasVectorizer, vectors, hasTenants } of collections) {
    const how = hasVectorizer ? "by words and meaning" : "by words, and by meaning with --embed";
    const notes = [
      how,
      ...(hasTenants ? ["has tenants"] : []),
      ...(vectors.length > 1 ? [`vectors ${vectors.map((vector) => vector.name).join(", ")}`] : []),
    ];
    console.log(`${name} (${notes.join("; ")}): ${properties.map((property) => property.name).join(", ")}`);
  }
}
