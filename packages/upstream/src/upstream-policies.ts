/** How a repository of LibreChat takes a provider from outside, and where that was read. */
export type UpstreamPolicy = {
  readonly repository: string;
  readonly policy: string;
  readonly sources: readonly string[];
  /** The day the sources were read. */
  readonly asOf: string;
};

const threads = "https://github.com/danny-avila/LibreChat/pull";

/** The repositories that `contribute` leaves alone, and why. */
export const upstreamPolicies: readonly UpstreamPolicy[] = [
  {
    repository: "danny-avila/LibreChat",
    policy:
      "A guide page is enough: without an icon of about 1 kB no change is asked for here. Pull requests of 2026 from outside that add a known endpoint were closed. Open a Discussion first; a change goes to the branch `dev`, with the documentation's pull request linked.",
    sources: [`${threads}/4843`, `${threads}/11951`, `${threads}/15645`, `${threads}/15861`, `${threads}/16090`],
    asOf: "2026-11-22",
  },
  {
    repository: "LibreChat-AI/librechat-config-yaml",
    policy:
      "Open an issue with the form for a new provider first. A change there is an entry in all five files of endpoints, a fetcher of models with a test, a row of the README and an icon, if LibreChat does not know one. Its bot keeps the models.",
    sources: ["https://github.com/LibreChat-AI/librechat-config-yaml"],
    asOf: "2026-11-22",
  },
];
