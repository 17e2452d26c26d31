/** How an endpoint speaks the dialect. */
export type ChatCompletionsOptions = {
  /** The field in which reasoning is sent back. Answers are read in every form whatever is said here. */
  reasoning?: "reasoning_content" | "reasoning" | "details" | "parts";
  /**
   * Which reasoning goes back with the history. `optional`: all that there is; `required-with-tools`: never missing on a
   * turn that called tools; `verbatim`: as `optional`, blocks and signatures unchanged.
   */
  history?: "omit" | "optional" | "required-with-tools" | "verbatim";
  /** Does a stream count tokens only when `stream_options.include_usage` asks for it? */
  usage?: "asked" | "volunteered";
};
