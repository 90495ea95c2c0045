import { createHash } from 'node:crypto';
import { html } from './html-text.js';
import { katexStyles } from './katex-styles.js';
import { pageStyles } from './page-styles.js';

/** A page as one HTML file that loads nothing: styles, figures and, where there are formulas, their fonts are inside, and no script runs but the one given, known by its hash. */
export function page(given: {
  readonly title: string;
  readonly body: string;
  readonly styles?: string;
  readonly script?: string;
  readonly language?: string;
}): string {
  const { title, body, styles = '', script, language = 'en' } = given;
  // Formulas and figures carry style attributes; everything else that is not named is refused.
  const scripts =
    script === undefined ? '' : `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; `;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; ${scripts}base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${html`<title>${title} · scorecheck</title>`.html}
${body.includes('class="katex') ? `<style>${katexStyles()}</style>\n` : ''}<style>${pageStyles}${styles}</style>
</head>
<body>
<main>
${body}</main>
${script === undefined ? '' : `<script>${script}</script>\n`}</body>
</html>
`;
}
