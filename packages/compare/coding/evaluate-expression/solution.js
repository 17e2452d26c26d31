export function evaluate(text) {
  const tokens = tokenize(text);
  let at = 0;
  const fail = () => {
    throw new SyntaxError(`Unexpected ${tokens[at] ?? "end"}.`);
  };
  const sum = () => {
    let value = product();
    while (tokens[at] === "+" || tokens[at] === "-") value = tokens[at++] === "+" ? value + product() : value - product();
    return value;
  };
  const product = () => {
    let value = signed();
    while (tokens[at] === "*" || tokens[at] === "/") value = tokens[at++] === "*" ? value * signed() : value / signed();
    return value;
  };
  const signed = () => {
    if (tokens[at] !== "-") return power();
    at++;
    return -signed();
  };
  const power = () => {
    const base = atom();
    if (tokens[at] !== "^") return base;
    at++;
    return base ** signed();
  };
  const atom = () => {
    const token = tokens[at];
    if (typeof token === "number") {
      at++;
      return token;
    }
    if (token !== "(") return fail();
    at++;
    const value = sum();
    if (tokens[at] !== ")") fail();
    at++;
    return value;
  };
  const value = sum();
  if (at < tokens.length) fail();
  return value;
}

function tokenize(text) {
  const tokens = [];
  const pattern = /\s*(?:(\d+(?:\.\d+)?)|([-+*/^()]))\s*/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) throw new SyntaxError("This is not an expression.");
    tokens.push(match[1] === undefined ? match[2] : Number(match[1]));
  }
  return tokens;
}
