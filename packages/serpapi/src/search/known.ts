/** Drops the fields that are not known. */
export function known<T extends object>(value: { [field in keyof T]: T[field] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
