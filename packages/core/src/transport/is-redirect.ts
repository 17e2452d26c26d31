/** Is a response a redirect? Browsers hide the status of a redirect that is not followed. */
export function isRedirect({ type, status }: Response): boolean {
  return type === "opaqueredirect" || (status >= 300 && status < 400);
}
