export function closestWord(word, known, most = 2) {
  const distance = (a, b) => {
    let last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      last = row;
    }
    return last[b.length];
  };
  const ranked = known.map((one) => ({ one, edits: distance(word.toLowerCase(), one.toLowerCase()) }));
  ranked.sort((a, b) => a.edits - b.edits);
  return ranked[0]?.edits <= most ? ranked[0].one : undefined;
}
