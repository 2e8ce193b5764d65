// The scale of a chart's value axis.

const STEPS = [1, 2, 2.5, 5, 10];

/** Round numbers, evenly apart, from at most `least` to at least `most`, about `wanted` of them; zero is among them. */
export function ticks(least, most, wanted) {
  const low = Math.min(least, 0);
  const high = Math.max(most, 0);
  const span = high - low || 1;
  const power = 10 ** Math.floor(Math.log10(span / wanted));
  const step = power * STEPS.find((one) => one * power * wanted >= span);
  const from = Math.floor(low / step);
  const to = Math.max(Math.ceil(high / step), from + 1);
  return Array.from({ length: to - from + 1 }, (_, index) => Number(((from + index) * step).toPrecision(12)));
}
