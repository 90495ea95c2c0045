import type { NotesDocument } from './read/document.js';
import type { Token } from './read/lexer.js';
import type { Macro } from './read/macros.js';
import type { Span } from './read/span.js';

/** What a report that shows the document needs besides the findings. */
export interface NotesSource {
  readonly text: string;
  /** LaTeX, whose words are not Markdown. */
  readonly isTex: boolean;
  readonly formulas: readonly (Span & { readonly display: boolean; readonly latex: string })[];
  /** `\E` -> `\mathbb{E}`, with #1 for an argument. */
  readonly macros: Readonly<Record<string, string>>;
}

/** The text of a document, its formulas and its macros, as plain data. */
export function sourceOf({ path, original, formulas, macros }: NotesDocument): NotesSource {
  return {
    text: original,
    isTex: path.toLowerCase().endsWith('.tex'),
    formulas: formulas.map(({ start, end, display, latex }) => ({ start, end, display, latex })),
    macros: Object.fromEntries([...macros].map(([name, macro]) => [`\\${name}`, bodyOf(macro)])),
  };
}

const bodyOf = ({ body }: Macro): string => body.map(latexOf).join('');

function latexOf({ kind, text }: Token): string {
  switch (kind) {
    case 'letter':
      return text.length === 1 ? text : `\\${text} `;
    case 'text':
      return `\\text{${text}}`;
    case 'newline':
      return '\\\\';
    case 'space':
      return '\\quad ';
    case 'command': {
      const [verb, name] = text.split(':');
      return name === undefined ? `\\${verb}${/[A-Za-z]$/.test(verb) ? ' ' : ''}` : `\\${verb}{${name}}`;
    }
    case 'number':
    case 'char':
      return text;
  }
}
