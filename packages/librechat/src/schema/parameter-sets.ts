import parameters from "./librechat-parameters.json" with { type: "json" };

/** What LibreChat knows of one parameter of its sliders and switches. */
export interface ParameterFacts {
  readonly type: string;
  /** The least and the greatest value. */
  readonly range?: readonly [number, number];
  readonly options?: readonly string[];
}

/** The parameters that `customParams.paramDefinitions` may name, by `defaultParamsEndpoint`. */
export const parameterSets: { readonly [set: string]: readonly string[] } = parameters.sets;

/** Type, range and choices of each of them, as custom endpoints have them. */
export const parameterFacts: { readonly [key: string]: ParameterFacts } = parameters.facts as unknown as {
  [key: string]: ParameterFacts;
};
