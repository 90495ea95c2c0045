import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Ends a measurement that was asked for in a wrong way, with the exit code of wrong use. */
export function wrongUse(message: string): never {
  console.error(message);
  process.exit(2);
}

/** The options of a measurement. `--help` prints `usage`, its command and what it does; an option that is not there prints it too and ends with code 2. */
export function optionsOf<const T extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: T,
): ReturnType<typeof parseArgs<{ options: T }>>['values'] {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(usage);
    process.exit();
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return wrongUse(`${(error as Error).message}\n${usage}`);
  }
}

/** An option that has to be a whole number of at least `least`. */
export function whole(name: string, text: string, least = 1): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(number) && number >= least) return number;
  return wrongUse(`Expected --${name} to be a whole number, ${least} or more, got "${text}".`);
}
