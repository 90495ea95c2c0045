/** LaTeX as it stands, backslashes included. In a template a dollar before an opening brace would start an interpolation: write `\mathbf A`. */
export const latex = String.raw;
