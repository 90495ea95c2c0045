/** 2.1e-10; plain decimals between 0.01 and 10,000. */
export const scientific = (value: number): string =>
  value === 0 || (value >= 0.01 && value < 1e4) ? String(Number(value.toPrecision(2))) : value.toExponential(1);

/** 12.3 %, with two significant digits below 10 %. */
export const share = (value: number): string => `${Number((100 * value).toPrecision(value < 0.1 ? 2 : 3))} %`;
