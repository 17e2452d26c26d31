import type { WireParameters } from "./engine.ts";

/** DuckDuckGo's regions, as SerpApi lists them: country first, then language. */
const regions = (
  "ar-es au-en at-de be-fr be-nl br-pt bg-bg ca-en ca-fr cl-es cn-zh co-es hr-hr cz-cs dk-da ee-et fi-fi fr-fr de-de " +
  "gr-el hk-tzh hu-hu is-is in-en id-en ie-en il-en it-it jp-jp kr-kr lv-lv lt-lt my-en mx-es nl-nl nz-en no-no pk-en " +
  "pe-es ph-en pl-pl pt-pt ro-ro ru-ru sg-en sk-sk sl-sl za-en es-es es-ca se-sv ch-de ch-fr tw-tzh th-en tr-tr us-en " +
  "us-es ua-uk uk-en vn-en"
).split(" ");

/** The region of a country and a language; the country's first where the language is not known or is not spoken there. */
export function duckduckgoRegion(country: string, language: string | undefined): WireParameters | undefined {
  const name = country === "gb" ? "uk" : country;
  const exact = `${name}-${language?.split("-")[0]}`;
  const region = regions.includes(exact) ? exact : regions.find((one) => one.startsWith(`${name}-`));
  return region === undefined ? undefined : { kl: region };
}
