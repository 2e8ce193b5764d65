// The scale of a chart's value axis.

const STEPS = [1, 2, 2.5, 5, 10];

/**
 * Round numbers, evenly apart, from at most the least of `values` to at least the most, about `wanted` of them; zero is
 * among them. Where all values are whole, so are they.
 */
export function ticks(values, wanted) {
  const low = Math.min(...values, 0);
  const high = Math.max(...values, 0);
  const span = high - low || 1;
  const power = 10 ** Math.floor(Math.log10(span / wanted));
  const fitting = power * STEPS.find((one) => one * power * wanted >= span);
  const step = values.every(Number.isInteger) ? Math.ceil(fitting) : fitting;
  const from = Math.floor(low / step);
  const to = Math.max(Math.ceil(high / step), from + 1);
  return Array.from({ length: to - from + 1 }, (_, index) => Number(((from + index) * step).toPrecision(12)));
}
