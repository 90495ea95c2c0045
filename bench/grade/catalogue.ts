// The catalogue of wrong implementations that this project was begun with: every number of every area has its entry among the mutants.

/** Numbers by area: M-GLP-02 is 2 of `M-GLP`. */
export const catalogue: Readonly<Record<string, readonly number[]>> = {
  'M-GLP': [2, 3, 4, 6],
  'M-GSC': [1, 4, 6, 7],
  'M-MLP': [1, 3, 4, 7, 8],
  'M-MSC': [1, 3, 6, 7, 8, 9],
  'M-ESM': [1, 2, 4, 7, 8, 9],
  'M-ISM': [3, 4, 6, 7, 9, 10, 12, 13, 15, 16],
  'M-DST': [2, 4, 6, 7, 8],
  'M-DSM': [2, 5, 6, 7, 9, 11, 13, 14, 15],
  'M-HUT': [1, 2, 4, 5, 6, 9, 10, 12, 13, 17],
  'M-SSM': [1, 3, 7, 8, 9, 10, 11, 12, 14],
  'M-DAE': [3, 4, 6, 7, 9, 10, 11, 13],
  'M-NCS': [1, 3, 6, 8, 9, 11, 12, 13, 15],
  'M-SCH': [1, 2, 5, 7, 9],
  'M-ULA': [2, 5, 6, 7, 8, 9, 11, 13, 14, 16, 17, 19, 21],
  'M-ALD': [2, 3, 5, 7, 8, 9, 10, 13],
  'M-VPK': [2, 3, 5, 6, 7, 8, 11, 12, 15],
  'M-VEK': [1, 4, 5, 6, 7, 10, 12],
  'M-RES': [1, 2, 3, 5, 7, 10, 13, 14, 16, 17],
  'M-RSS': [2, 4, 5, 8, 9, 10, 12, 13, 15, 16, 18, 19, 20, 21],
  'M-PFO': [1, 4, 6, 8, 10, 12, 13, 14],
  'M-PCS': [2, 3, 4, 7, 8],
  'M-MNP': [2, 3, 5, 7, 9, 10, 13, 14],
  'M-MNT': [1, 2, 4, 5, 8, 10, 11, 12, 14, 17],
  'M-API': [1, 2, 4, 5, 6, 8, 9, 11, 12, 13, 17, 19],
};

/** The right variants of the same catalogue, which a check that is too narrow fails. */
export const variants: Readonly<Record<string, readonly number[]>> = {
  'V-GLP': [1, 3],
  'V-GSC': [2, 3],
  'V-MLP': [2],
  'V-MSC': [1, 2, 4],
  'V-ESM': [2, 3],
  'V-ISM': [1, 3, 4],
  'V-DST': [1, 3],
  'V-DSM': [1, 3, 5, 6, 8],
  'V-HUT': [1, 2, 4, 6, 7],
  'V-SSM': [2, 4, 5],
  'V-DAE': [2],
  'V-NCS': [1, 2, 4, 6],
  'V-SCH': [1, 3],
  'V-ULA': [2, 3, 5],
  'V-ALD': [1, 2],
  'V-VPK': [1, 3],
  'V-VEK': [1],
  'V-RES': [1, 3, 4],
  'V-RSS': [1, 3, 4, 6, 8, 9],
  'V-PFO': [2],
  'V-PCS': [1, 2],
  'V-MNP': [1, 3],
  'V-MNT': [1, 3],
  'V-API': [1, 2, 4, 6],
};

const named = (areas: Readonly<Record<string, readonly number[]>>): readonly string[] =>
  Object.entries(areas).flatMap(([area, numbers]) =>
    numbers.map((number) => `${area}-${String(number).padStart(2, '0')}`),
  );

/** Their names. */
export const catalogued = named(catalogue);
export const cataloguedVariants = named(variants);
