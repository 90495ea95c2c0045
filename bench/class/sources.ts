/** A solution whose function `name` is exported as other code, so that what else calls it goes on calling the right one: only this task changes. */
export function withTask(solution: string, name: string, code: string): string {
  const head = new RegExp(`^export (async )?function ${name}\\b`, 'm');
  if (!head.test(solution) || !head.test(code)) {
    throw new Error(`Expected an exported function ${name} in the solution and in what replaces it.`);
  }
  const hidden = solution.replace(
    head,
    (_, asynchronous: string | undefined) => `${asynchronous ?? ''}function ${name}`,
  );
  const renamed = code.replace(
    head,
    (_, asynchronous: string | undefined) => `${asynchronous ?? ''}function ${handedIn(name)}`,
  );
  return `${hidden}\n${renamed.trim()}\nexport { ${handedIn(name)} as ${name} };\n`;
}

const handedIn = (name: string): string => `${name}HandedIn`;

/** A solution in TypeScript without the function `name`: it stays for those that call it, and nobody finds it in the module. */
export const withoutTask = (solution: string, name: string): string =>
  solution.replace(new RegExp(`^export (async )?function ${name}\\b`, 'm'), `$1function ${name}`);

/** A solution in Python without the function `name`. */
export const withoutPythonTask = (solution: string, name: string): string => `${solution}\ndel ${name}\n`;

/** A solution in Python whose function `name` returns `result`, an expression in `right(*given)`; the other functions go on calling the right one. */
export function withPythonTask(solution: string, name: string, result: string): string {
  const renamed = solution.replace(new RegExp(`\\b${name}\\b`, 'g'), `_${name}`);
  return `${renamed}\n\ndef ${name}(*given):\n    right = _${name}\n    return ${result}\n`;
}
