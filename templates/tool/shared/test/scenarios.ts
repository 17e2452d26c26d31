/** What is recorded: name of the cassette → input of the tool. The last two are odd ones that the twin knows. */
export const scenarios = {
  search: { query: "the sea", limit: 2 },
  nothing: { query: "nothing" },
  "too-often": { query: "too often" },
};
