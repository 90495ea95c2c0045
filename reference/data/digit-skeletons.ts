/**
 * One way of writing a digit: strokes in pen order, each a list of points [x, y] in the unit square (x to the right, y down).
 *
 * The pen runs smoothly through the points of a stroke. A point that two strokes share (the same index) is a corner: when the
 * hand trembles it moves in both. `weight` says how often this way is taken among those of its digit.
 */
export interface Skeleton {
  readonly weight: number;
  /** Width of the digit in relation to its height. */
  readonly aspect: number;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly strokes: readonly (readonly number[])[];
}

/** Strokes written as "x,y x,y ..." in hundredths; equal points in different strokes are one point, that is, a corner. */
function skeleton(weight: number, aspect: number, ...written: readonly string[]): Skeleton {
  const names = [...new Set(written.flatMap((stroke) => stroke.split(' ')))];
  const points = names.map((name): readonly [number, number] => {
    const [x, y] = name.split(',').map((hundredths) => Number(hundredths) / 100);
    return [x, y];
  });
  const strokes = written.map((stroke) => stroke.split(' ').map((name) => names.indexOf(name)));
  return { weight, aspect, points, strokes };
}

/**
 * The ways in which each digit 0..9 is written here, their points set by eye for this program.
 *
 * Several per digit, so that a class has more than one mode, as handwriting has.
 */
export const digitSkeletons: readonly (readonly Skeleton[])[] = [
  [
    skeleton(3, 0.72, '58,2 28,10 8,48 20,88 50,98 82,84 93,45 76,10 50,3'),
    skeleton(1, 0.85, '40,10 12,35 10,70 40,97 78,85 94,48 75,12 42,6 22,20'),
  ],
  [
    skeleton(6, 0.25, '50,0 50,50 50,100'),
    skeleton(1, 0.4, '10,24 62,0', '62,0 62,50 62,100'),
    skeleton(1, 0.5, '18,20 52,0', '52,0 52,50 50,100', '10,100 50,98 92,100'),
  ],
  [
    skeleton(3, 0.78, '10,26 28,6 58,2 80,20 70,48 40,75 8,96', '8,96 50,94 95,97'),
    skeleton(2, 0.85, '12,20 38,2 76,12 72,45 42,80 16,95 6,84 24,75 52,87 74,96 97,84'),
    skeleton(1, 0.75, '16,16 45,0 80,14 78,40 48,66 14,90', '14,90 38,86 62,98 94,92'),
  ],
  [
    skeleton(3, 0.7, '12,14 42,0 78,12 72,36 36,48', '36,48 76,56 88,80 55,100 8,90'),
    skeleton(1, 0.7, '10,3 45,4 84,2', '84,2 62,22 40,42', '40,42 78,50 88,78 50,100 8,90'),
    skeleton(1, 0.68, '10,20 40,1 75,14 64,38 44,46 42,50 70,55 86,76 56,98 10,84'),
  ],
  [
    skeleton(3, 0.75, '20,6 15,30 10,52', '10,52 45,54 86,48', '80,2 74,50 68,100'),
    skeleton(1, 0.75, '66,2 38,32 6,64', '6,64 50,64 95,62', '66,2 66,50 64,100'),
    skeleton(2, 0.75, '16,8 10,36 26,54 55,50 82,30', '86,0 82,30 76,65 70,100'),
  ],
  [
    skeleton(3, 0.75, '90,3 60,4 30,6', '30,6 24,22 20,42', '20,42 52,36 84,58 74,90 40,100 6,88'),
    skeleton(2, 0.72, '92,2 55,4 28,16 30,36 62,50 78,74 55,96 10,92'),
    skeleton(1, 0.8, '30,8 24,24 20,44', '20,44 55,38 80,62 66,92 36,100 6,86', '26,10 60,8 96,2'),
  ],
  [
    skeleton(3, 0.62, '66,2 34,24 12,60 22,92 55,99 84,80 72,56 42,56 14,80'),
    skeleton(1, 0.6, '40,0 22,32 12,70 32,97 70,94 86,72 60,56 30,66 18,84'),
    skeleton(1, 0.8, '86,10 60,2 30,18 8,60 22,94 58,98 80,78 62,58 30,64 12,80'),
  ],
  [
    skeleton(4, 0.72, '6,10 45,5 90,3', '90,3 66,42 46,100'),
    skeleton(1, 0.75, '8,6 45,5 90,4', '90,4 64,45 42,100', '34,52 60,50 88,48'),
    skeleton(1, 0.72, '8,24 10,6', '10,6 50,8 90,3', '90,3 70,36 60,100'),
  ],
  [
    skeleton(3, 0.65, '80,16 48,1 18,16 34,40 68,60 78,86 46,100 16,84 32,60 68,40 84,18'),
    skeleton(1, 0.6, '52,2 20,14 26,40 56,47 82,30 74,6 46,2', '54,47 16,62 16,90 52,100 86,86 82,58 50,47'),
    skeleton(1, 0.6, '62,2 28,12 34,38 70,62 74,90 42,100 20,82 40,54 70,30 74,10 56,3'),
  ],
  [
    skeleton(3, 0.62, '82,14 50,2 16,18 20,44 54,46 82,16', '82,14 78,50 68,100'),
    skeleton(1, 0.68, '80,20 52,2 18,20 26,46 60,44 82,18', '82,18 84,55 62,92 16,94'),
    skeleton(1, 0.6, '76,6 36,6 14,28 36,46 70,30 84,8', '84,8 66,50 42,100'),
  ],
];
