export function parseCsv(text) {
  if (text === "") return [];
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => (line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []).map((one) => one.replace(/^"|",?$|,$/g, "")));
}
