export function parseQuery(text) {
  const result = {};
  for (const part of text.replace("?", "").split("&")) {
    const [name, value = ""] = part.split("=");
    if (name) result[decodeURIComponent(name)] = decodeURIComponent(value.replaceAll("+", " "));
  }
  return result;
}
