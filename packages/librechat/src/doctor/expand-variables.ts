/** `${NAME}` in a text, replaced where the variable is set; LibreChat leaves the others as they stand. */
export function expandVariables(text: string, environment: { readonly [name: string]: string }): string {
  return text.replace(/\$\{([^}]+)\}/g, (whole, name: string) => environment[name] || whole);
}
