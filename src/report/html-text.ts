/** A piece of HTML that was written by us; whatever else goes into a page is text. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** HTML with data in it: every string is escaped, and nothing of it can hide, turn the line round or begin a tag. */
export function html(markup: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: markup.map((text, i) => (i === 0 ? text : rendered(parts[i - 1]) + text)).join('') };
}

function rendered(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'number' || typeof part === 'string') return escaped(String(part));
  return 'html' in part ? part.html : part.map(rendered).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => visible(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** Text whose control, direction and half characters are shown as `\u{202e}`: a name cannot reorder the line that it stands in. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, (sign) =>
    '\n\t\u200c\u200d'.includes(sign) ? sign : `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  );
