/** Does a response lead elsewhere? Browsers hide the status of one that is not followed. */
export function isRedirect({ type, status }: Response): boolean {
  return type === "opaqueredirect" || (status >= 300 && status < 400);
}
