export const rates = [
  { zone: "home", countries: ["DE", "AT"], base: 4.5, perKilo: 0.5, freeFrom: 50 },
  { zone: "near", countries: ["FR", "IT", "ES"], base: 9, perKilo: 1.25, freeFrom: 120 },
  { zone: "far", countries: [], base: 25, perKilo: 4, freeFrom: null },
];
export function zoneOf(country) {
  if (country === "DE" || country === "AT") return rates[0];
  if (country === "FR" || country === "IT" || country === "ES") return rates[1];
  return rates[2];
}
export function shippingCost({ country, items }) {
  const { base, perKilo, freeFrom } = zoneOf(country);
  const total = items.reduce((sum, item) => sum + item.price * item.quantity, 0);
  const weight = items.reduce((sum, item) => sum + item.kilos * item.quantity, 0);
  return freeFrom !== null && total >= freeFrom ? 0 : base + Math.ceil(weight) * perKilo;
}
