export function parseQuery(text) {
  const result = {};
  const decode = (one) => decodeURIComponent(one.replaceAll("+", " "));
  for (const part of text.replace(/^\?/, "").split("&").filter(Boolean)) {
    const at = part.includes("=") ? part.indexOf("=") : part.length;
    const [name, value] = [decode(part.slice(0, at)), decode(part.slice(at + 1))];
    result[name] = name in result ? [result[name], value].flat() : value;
  }
  return result;
}
