/** Ten entries of a list of results; pictures name their file. */
export function organicResults(query: string, start: number, arePictures: boolean): object[] {
  return Array.from({ length: 10 }, (_, index) => {
    const position = start + index + 1;
    const site = `site-${position}.example`;
    return {
      position: index + 1,
      title: `${query}: page ${position}`,
      link: `https://${site}/${encodeURIComponent(query)}`,
      redirect_link: `https://www.google.com/url?url=https://${site}/`,
      displayed_link: `https://${site} › …`,
      ...(arePictures && { original: `https://${site}/picture.png` }),
      thumbnail: `https://${site}/small.png`,
      date: "Nov 1, 2026",
      snippet: `What ${site} says about ${query}.`,
      source: `Site ${position}`,
    };
  });
}
