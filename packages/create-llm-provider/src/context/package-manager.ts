/** The commands of one package manager. */
export interface PackageManager {
  name: "npm" | "pnpm" | "yarn" | "bun";
  install: string;
  /** Installs what the lockfile says and fails where it is stale. */
  cleanInstall: string;
  /** Before a script's name. */
  run: string;
  test: string;
}

const cleanInstalls: { readonly [name in PackageManager["name"]]: string } = {
  npm: "npm ci",
  pnpm: "pnpm install --frozen-lockfile",
  yarn: "yarn install --frozen-lockfile",
  bun: "bun install --frozen-lockfile",
};

export function packageManager(name: PackageManager["name"]): PackageManager {
  return {
    name,
    install: `${name} install`,
    cleanInstall: cleanInstalls[name],
    run: `${name} run`,
    // `bun test` is a test runner of Bun's own.
    test: name === "bun" ? "bun run test" : `${name} test`,
  };
}

/** The package manager that started this process, from its user agent (`pnpm/12.21.0 node/…`); npm where it is unknown. */
export function startedBy(userAgent: string | undefined): PackageManager["name"] {
  return (/^(npm|pnpm|yarn|bun)\//.exec(userAgent ?? "")?.[1] ?? "npm") as PackageManager["name"];
}
