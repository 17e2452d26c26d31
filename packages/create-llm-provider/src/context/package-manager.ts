/** The commands of one package manager. */
export interface PackageManager {
  name: "npm" | "pnpm" | "yarn" | "bun";
  install: string;
  /** Installs from the lockfile, and fails if it is stale. */
  cleanInstall: string;
  /** The words before a script's name. */
  run: string;
  test: string;
  /** The exact version that workflows install; `""` for npm, which comes with Node. */
  version: string;
  /** The package that workflows install: `pnpm@12.21.0`. */
  pinned: string;
}

// The job that publishes has a token: every version in it must be exact.
const pins: {
  readonly [name in PackageManager["name"]]: readonly [cleanInstall: string, from: string, version: string];
} = {
  npm: ["npm ci", "", ""],
  pnpm: ["pnpm install --frozen-lockfile", "pnpm", "12.21.0"],
  yarn: ["yarn install --immutable", "@yarnpkg/cli-dist", "4.18.1"],
  bun: ["bun install --frozen-lockfile", "bun", "1.4.5"],
};

export function packageManager(name: PackageManager["name"]): PackageManager {
  const [cleanInstall, from, version] = pins[name];
  return {
    name,
    install: `${name} install`,
    cleanInstall,
    run: `${name} run`,
    // `bun test` is Bun's own test runner.
    test: name === "bun" ? "bun run test" : `${name} test`,
    version,
    pinned: from && `${from}@${version}`,
  };
}

/** The package manager that started this process, from its user agent (`pnpm/12.21.0 node/…`); npm if it is unknown. */
export function startedBy(userAgent: string | undefined): PackageManager["name"] {
  return (/^(npm|pnpm|yarn|bun)\//.exec(userAgent ?? "")?.[1] ?? "npm") as PackageManager["name"];
}
