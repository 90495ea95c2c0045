import { InvalidArgumentError } from 'commander';

/** An option that is a whole number, 1 or more. */
export function positive(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('Expected a whole number, 1 or more.');
}
