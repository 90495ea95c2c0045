/** f′(x), l''(z), p'_\sigma(x), (log q)'(x): a prime between a name or brackets and one variable in brackets; (log p(x))': behind what holds it. */
const primed =
  /[A-Za-z})]\s*(?:'{1,3}|\^\s*\{?\s*(?:\\prime\s*)+\}?)(?:_\{?\\?\w+\}?)?\s*\(\s*\\?[a-z]+\s*\)|\([a-z]\)\s*(?:\\right\s*|\\[bB]igg?r?\s*)?[)\]]\s*(?:'|\^\s*\{?\s*\\prime)/;

/** That a prime is a derivative: the ratio p′(x)/p(x), a derivative written out, or words. */
const derivatives =
  /\\frac\s*\{\s*\\?(\w+)'\((\w)\)\s*\}\s*\{\s*\\?\1\(\2\)|\\frac\s*\{\s*(?:d|\\mathrm\s*\{?d\}?)\s*\}\s*\{\s*(?:d|\\mathrm\s*\{?d\}?)\s*[a-z]\s*\}|\bderivative|\bprime\b|on the (?:real )?line|real variable|real-valued|one[- ]dimension|1-?D\b|Ableitung|dérivée|導[數函]|导[数函]|微分|微商|一維|一维|一元/i;

/** What only vectors have. */
const vectors =
  /\\nabla|\\\||\\[lr]?Vert|\|\||\\top|\\intercal|\^\s*\{?\s*(?:T|\\mathsf\s*\{?T|\\mathrm\s*\{?T)\b|\b[Tt]r\b|\\mathbb\s*\{?R\}?\s*\^|\\(?:mathbf|boldsymbol|bm)\b|\bI_d\b|\\det\b|\\langle/;

/**
 * Whether a document is about functions of one real variable, where a prime is a derivative and a point is a number. A prime alone may be part of a name, and
 * in a document on vectors it is.
 */
export const isOnLine = (text: string): boolean => primed.test(text) && derivatives.test(text) && !vectors.test(text);
