import { languages, type Language } from '../grade/texts.js';
import { WrongUse } from './failure.js';

/** The language that `--lang` names, in any case; throws WrongUse where it is none. */
export function languageOf(given: string): Language {
  const found = languages.find((each) => each.toLowerCase() === given.toLowerCase());
  if (found === undefined) throw new WrongUse(`Expected --lang ${languages.join(' or ')}, got "${given}".`);
  return found;
}
