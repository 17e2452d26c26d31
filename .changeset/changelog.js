// How a change reads in a CHANGELOG: its text alone. All packages share one version, so that a list of updated dependencies
// would only repeat it.
export default {
  getReleaseLine: async ({ summary }) => `- ${summary.trim().replaceAll("\n", "\n  ")}`,
  getDependencyReleaseLine: async () => "",
};
