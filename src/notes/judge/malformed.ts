// Formulas that cannot mean anything, whatever their letters are.

/** Malformed formulas that no other reading could save. */
export const meansNothing =
  /^An expectation of nothing|relation stands inside|differential|^A brace|^A norm of nothing/;

/** `E_i` of a sum over states is no expectation of nothing. */
export const isEnergy = (message: string, text: string): boolean =>
  message.startsWith('An expectation') && !/sim|\(|mathbb|mathcal|operatorname/.test(text);
