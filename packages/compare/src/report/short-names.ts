/** Shortens `acme:lab/model-120b` to `model-120b`. The provider stays if two models would otherwise share a name. */
export function shortNames(models: readonly string[]): ReadonlyMap<string, string> {
  const forms = [withoutFolder, (model: string) => `${providerOf(model)}:${withoutFolder(model)}`];
  return new Map(
    models.map((model) => {
      const short = forms.find((form) => models.every((other) => other === model || form(other) !== form(model)));
      return [model, short?.(model) ?? model];
    }),
  );
}

function providerOf(model: string): string {
  return model.slice(0, Math.max(0, model.indexOf(":")));
}

function withoutFolder(model: string): string {
  const name = model.slice(model.indexOf(":") + 1);
  return name.slice(name.lastIndexOf("/") + 1) || name;
}
