export function evaluate(text) {
  const tokens = text.match(/\d+(?:\.\d+)?|[-+*/^()]/g) ?? [];
  let at = 0;
  const rank = { "+": 1, "-": 1, "*": 2, "/": 2, "^": 3 };
  const apply = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b, "^": (a, b) => a ** b };
  const atom = () => {
    const token = tokens[at++];
    if (token === "-") return -atom();
    if (token !== "(") return Number(token);
    const value = climb(1);
    at++;
    return value;
  };
  const climb = (least) => {
    let value = atom();
    while (rank[tokens[at]] >= least) {
      const operator = tokens[at++];
      value = apply[operator](value, climb(rank[operator] + 1));
    }
    return value;
  };
  const value = climb(1);
  if (Number.isNaN(value)) throw new SyntaxError("This is not an expression.");
  return value;
}
