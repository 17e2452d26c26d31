export const parseCsv = (text) => text.split(/\r?\n/).map((line) => line.split(","));
