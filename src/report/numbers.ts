const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/** The power 10ᵉ as text with a raised exponent. */
export const powerOfTen = (exponent: number): string =>
  `10${[...String(exponent)].map((character) => superscripts[character]).join('')}`;

/** A measured number to two significant digits: 0.013, 1.3, 1,300, 3.1×10⁻⁷; null, JSON's word for a number that is not finite, says so. */
export function measured(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return 'not finite';
  if (value === 0) return '0';
  const [mantissa = '', exponent = ''] = value.toExponential(1).split('e');
  const power = Number(exponent);
  // Between 0.001 and 10,000 plain decimals are read faster than powers of ten.
  if (power < -3 || power > 3) return `${minus(mantissa)}×${powerOfTen(power)}`;
  const rounded = Number(`${mantissa}e${power}`);
  return minus(power >= 1 ? rounded.toLocaleString('en-US') : rounded.toFixed(1 - power));
}

/** A number that someone chose, such as a rate: as `measured`, without zeros that carry no information (0.02, 10⁻⁶). */
export function declared(value: number): string {
  return measured(value)
    .replace(/^(−?)1\.0×/, '$1')
    .replace(/(\.\d*?)0+(?=×|$)/, '$1')
    .replace(/\.(?=×|$)/, '');
}

/** A coordinate of a counterexample: six significant digits, enough to find the point again by eye. */
export function coordinate(value: number | null): string {
  return value === null || !Number.isFinite(value) ? 'not finite' : minus(String(Number(value.toPrecision(6))));
}

/** A whole number with thousands separated: 483,328. */
export const count = (value: number): string => minus(value.toLocaleString('en-US'));

/** A share in whole percent, never rounded up to all. */
export const percent = (share: number): string => `${Math.floor(100 * share)} %`;

/** Milliseconds as a time to read: 9 ms, 1.2 s, 3 min 5 s. */
export function duration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Three claims, one claim. */
export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

const minus = (text: string): string => text.replace('-', '−');
