/** The parts of `<provider>[:<model>]`: `acme:acme/large-2`, `./acme.mjs:acme-1`. A path keeps its drive: `C:\\acme`. */
export function parseTarget(target: string): { name: string; model: string | undefined } {
  const at = target.indexOf(":", /^[A-Za-z]:\\/.test(target) ? 2 : 0);
  return at < 0
    ? { name: target, model: undefined }
    : { name: target.slice(0, at), model: target.slice(at + 1) || undefined };
}
