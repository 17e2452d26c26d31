/** The tool of all scenarios. */
export const weatherTool = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather in a city at this moment.",
    parameters: {
      type: "object",
      properties: { city: { type: "string", description: "Name of the city." } },
      required: ["city"],
    },
  },
} as const;
