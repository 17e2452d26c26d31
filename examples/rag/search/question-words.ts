/**
 * Words that English uses to build any question, in addition to PostgreSQL's own stop words. In thirty documents such a word is
 * rare by chance, and would weigh as much as the subject.
 */
const scaffolding = new Set(
  "able actually allow allowed also always another anybody anyone anything ask asked cannot can't come comes could else even ever everybody everyone everything gave get gets getting getting give given gives go goes going got happen happens just know like likes lot made make makes many may might mine much must need needs never often one ones other others ought please possible put quite rather really said say says see shall should since somebody someone something still take taken takes tell thing things though took try use used using want wants way would yet yours".split(
    " ",
  ),
);

/** A question without these words. A question of nothing else stays as it is. */
export function questionWords(question: string): string {
  const words = question.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? [];
  const kept = words.filter((word) => !scaffolding.has(word));
  return (kept.length > 0 ? kept : words).join(" ");
}
