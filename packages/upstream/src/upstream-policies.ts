/** How a repository of LibreChat takes a provider from outside, and where that was read. */
export interface UpstreamPolicy {
  readonly repository: string;
  readonly policy: string;
  readonly sources: readonly string[];
  /** The day the sources were read. */
  readonly asOf: string;
}

const threads = "https://github.com/danny-avila/LibreChat/pull";

/** The repositories that `contribute` leaves alone, and why. */
export const upstreamPolicies: readonly UpstreamPolicy[] = [
  {
    repository: "danny-avila/LibreChat",
    policy:
      "A guide page is enough: only a provider with an icon of about 1 kB needs a change here. In 2026, pull requests from outside that add a known endpoint were closed. Open a Discussion first; send the change to the branch `dev` and link the documentation's pull request.",
    sources: [`${threads}/4843`, `${threads}/11951`, `${threads}/15645`, `${threads}/15861`, `${threads}/16090`],
    asOf: "2026-11-22",
  },
  {
    repository: "LibreChat-AI/librechat-config-yaml",
    policy:
      "Open an issue with the form for a new provider first. A change adds an entry to all five endpoint files, a model fetcher with a test, a row in the README and, if LibreChat does not have one, an icon. A bot updates the models.",
    sources: ["https://github.com/LibreChat-AI/librechat-config-yaml"],
    asOf: "2026-11-22",
  },
];
