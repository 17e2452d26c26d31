/** Milliseconds to spend on one find: each try of a hang takes two seconds. */
const budget = 8000;

/** A shorter text that still fails: drops whole lines first, then pieces of any length. */
export async function shrink(text: string, isFailing: (shorter: string) => Promise<boolean>): Promise<string> {
  const until = performance.now() + budget;
  let shortest = await leaveOut(text.split("\n"), "\n");
  shortest = await leaveOut(shortest.split(/(?<=[,{}[\]])/), "");
  return leaveOut([...shortest], "");

  async function leaveOut(pieces: string[], glue: string): Promise<string> {
    let kept = pieces;
    for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < kept.length && performance.now() < until;) {
        const fewer = kept.toSpliced(at, size);
        if (await isFailing(fewer.join(glue))) kept = fewer;
        else at += size;
      }
    }
    return kept.join(glue);
  }
}
