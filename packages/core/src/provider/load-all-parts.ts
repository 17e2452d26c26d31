/** Loads everything that is otherwise loaded on demand: for tests with a fake clock, which must not move while code is read from disk. */
export async function loadAllParts(): Promise<void> {
  await Promise.all([
    import("../answer/read-fault.ts"),
    import("../transport/key-error.ts"),
    import("../transport/network-error.ts"),
    import("../transport/read-refusal.ts"),
    import("../transport/redirect-error.ts"),
    import("./embed-texts.ts"),
    import("./list-models.ts"),
  ]);
}
