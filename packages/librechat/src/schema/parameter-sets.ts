import parameters from "./librechat-parameters.json" with { type: "json" };

/** LibreChat's facts about one of its sliders or switches. */
export interface ParameterFacts {
  readonly type: string;
  /** The smallest and the largest value. */
  readonly range?: readonly [number, number];
  readonly options?: readonly string[];
}

/** The parameters that `customParams.paramDefinitions` may name, by `defaultParamsEndpoint`. */
export const parameterSets: { readonly [set: string]: readonly string[] } = parameters.sets;

/** Type, range and choices of each of them, as custom endpoints have them. */
export const parameterFacts: { readonly [key: string]: ParameterFacts } = parameters.facts as unknown as {
  [key: string]: ParameterFacts;
};
