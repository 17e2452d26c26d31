export const rates = [
  { zone: "home", countries: ["DE", "AT"], base: 4.5, perKilo: 0.5, freeFrom: 50 },
  { zone: "near", countries: ["FR", "IT", "ES"], base: 9, perKilo: 1.25, freeFrom: 120 },
  { zone: "far", countries: [], base: 25, perKilo: 4, freeFrom: null },
];

export function zoneOf(country) {
  return rates.find(({ countries }) => countries.includes(country)) ?? rates.at(-1);
}

export function shippingCost({ country, items }) {
  const { base, perKilo, freeFrom } = zoneOf(country);
  const sum = (field) => items.reduce((total, item) => total + item[field] * item.quantity, 0);
  if (freeFrom !== null && sum("price") >= freeFrom) return 0;
  return base + Math.ceil(sum("kilos")) * perKilo;
}
