export function evaluate(text) {
  if (!/^[\d\s.+\-*/^()]+$/.test(text)) throw new SyntaxError("This is not an expression.");
  return (0, eval)(text.replaceAll("^", "**"));
}
