/** A call of the tool of all scenarios, as it stands in a history. */
export function weatherCall(id: string): object {
  return { id, type: "function", function: { name: "get_weather", arguments: '{"city":"Paris"}' } };
}
