export function closestWord(word, known, most = 2) {
  const distance = (a, b) => {
    if (a === "" || b === "") return a.length + b.length;
    if (a[0] === b[0]) return distance(a.slice(1), b.slice(1));
    return 1 + Math.min(distance(a.slice(1), b), distance(a, b.slice(1)), distance(a.slice(1), b.slice(1)));
  };
  return known.find((one) => distance(word.toLowerCase(), one.toLowerCase()) <= most);
}
