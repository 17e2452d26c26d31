/** What the words for one package manager are. */
export type PackageManager = {
  name: "npm" | "pnpm" | "yarn" | "bun";
  install: string;
  /** Installs what the lockfile says and fails where it is stale. */
  cleanInstall: string;
  /** Before a script's name. */
  run: string;
  test: string;
};

const managers: { readonly [name in PackageManager["name"]]: PackageManager } = {
  npm: { name: "npm", install: "npm install", cleanInstall: "npm ci", run: "npm run", test: "npm test" },
  pnpm: {
    name: "pnpm",
    install: "pnpm install",
    cleanInstall: "pnpm install --frozen-lockfile",
    run: "pnpm run",
    test: "pnpm test",
  },
  yarn: {
    name: "yarn",
    install: "yarn install",
    cleanInstall: "yarn install --frozen-lockfile",
    run: "yarn run",
    test: "yarn test",
  },
  bun: {
    name: "bun",
    install: "bun install",
    cleanInstall: "bun install --frozen-lockfile",
    run: "bun run",
    test: "bun run test",
  },
};

/** By name, or else the one that started this process, as its user agent says (`pnpm/12.21.0 node/…`); npm where nothing is known. */
export function packageManager(name: string | undefined, userAgent: string | undefined): PackageManager {
  const found = name ?? /^(npm|pnpm|yarn|bun)\//.exec(userAgent ?? "")?.[1] ?? "npm";
  return managers[found as PackageManager["name"]];
}
