/** The recorded scenarios: name of the cassette → input of the tool. The twin has a special answer for the last two. */
export const scenarios = {
  search: { query: "the sea", limit: 2 },
  nothing: { query: "nothing" },
  "too-often": { query: "too often" },
};
