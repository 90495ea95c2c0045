import type { Bundle } from './bundled.js';
import { decode, wireLimits, WireProblem } from './codec.js';
import { printable } from './output.js';
import type { Answer, Circumstances, Draw, Malformed, ProgramCall, ProgramCount, Threw } from './question.js';
import type { TensorValue } from './tensor-value.js';
import { isKind, type Value } from './value.js';

/** Thrown for an answer that our child would not write: the submission wrote it. */
export class Forged extends Error {
  override readonly name = 'Forged';
}

type Fields = Readonly<Record<string, Value>>;

/** The answer in the value of a frame; throws `Forged` where it is none. */
export function readAnswer(bytes: Uint8Array, submission: Bundle, circumstances: Circumstances): Answer {
  let fields: Fields;
  try {
    fields = fieldsOf(decode(bytes, wireLimits.answer));
  } catch (error) {
    if (!(error instanceof WireProblem)) throw error;
    return malformed(error, circumstances);
  }
  switch (text(fields['status'])) {
    case 'answered':
      return {
        kind: 'answered',
        value: fields['value'] ?? null,
        ...('gradients' in fields ? { gradients: listOf(fields['gradients'], tensorOrNull) } : {}),
        changedInputs: listOf(fields['changedInputs'], line),
        leakedTensors: count(fields['leakedTensors']),
        callMilliseconds: count(fields['callMilliseconds']),
        programs: listOf(fields['programs'], programCount),
        ...('calls' in fields ? { calls: listOf(fields['calls'], programCall) } : {}),
        draws: listOf(fields['draws'], drawOf),
        ...circumstances,
      };
    case 'malformed':
      return {
        kind: 'malformed',
        path: line(fields['path']),
        expected: line(fields['expected']),
        got: line(fields['got']),
        ...circumstances,
      };
    case 'threw':
      return readThrew(fields, submission, circumstances);
    default:
      throw new Forged('Expected a known status.');
  }
}

/** What loading the module came to: `undefined` when it loaded. */
export function readLoaded(bytes: Uint8Array, submission: Bundle, circumstances: Circumstances): Answer | undefined {
  const fields = fieldsOf(decode(bytes, wireLimits.answer));
  return fields['status'] === 'loaded' ? undefined : readThrew(fields, submission, circumstances);
}

function readThrew(fields: Fields, submission: Bundle, circumstances: Circumstances): Threw {
  const place = submission.placeIn(text(fields['stack']));
  const message = printable(text(fields['message']));
  return {
    kind: 'threw',
    name: line(fields['name']),
    message: message.slice(0, 4_000),
    ...(place === undefined ? {} : { place }),
    ...(fields['exported'] === undefined ? {} : { exported: listOf(fields['exported'], line) }),
    ...circumstances,
  };
}

function malformed({ path, expected, got, notFinite }: WireProblem, circumstances: Circumstances): Malformed {
  return {
    kind: 'malformed',
    // The frame is a record whose field `value` is the student's.
    path: printable(path).replace(/^value\./, ''),
    expected,
    got: printable(got),
    ...(notFinite === undefined ? {} : { notFinite }),
    ...circumstances,
  };
}

function fieldsOf(value: Value | undefined): Fields {
  if (value === undefined || !isKind(value, 'record')) throw new Forged('Expected a record.');
  return value.fields;
}

function listOf<T>(value: Value | undefined, read: (each: Value) => T): T[] {
  if (!Array.isArray(value)) throw new Forged('Expected a list.');
  return (value as readonly Value[]).map(read);
}

function text(value: Value | undefined): string {
  if (typeof value !== 'string') throw new Forged('Expected a text.');
  return value;
}

/** A text for one line of a report. */
function line(value: Value | undefined): string {
  return printable(text(value)).replaceAll('\n', ' ').slice(0, 200);
}

function count(value: Value | undefined): number {
  if (typeof value !== 'number' || value < 0) throw new Forged('Expected a count.');
  return value;
}

function tensorOf(value: Value): TensorValue {
  if (!isKind(value, 'tensor')) throw new Forged('Expected a tensor.');
  return value;
}

function tensorOrNull(value: Value): TensorValue | null {
  return value === null ? null : tensorOf(value);
}

function programCount(value: Value): ProgramCount {
  const { calls, rows, products, productRows } = fieldsOf(value);
  return { calls: count(calls), rows: count(rows), products: count(products), productRows: count(productRows) };
}

function programCall(value: Value): ProgramCall {
  const { program, inputs } = fieldsOf(value);
  return { program: count(program), inputs: listOf(inputs, tensorOf) };
}

function drawOf(value: Value): Draw {
  const [law, shape] = listOf(value, (each) => each);
  if (law !== 'normal' && law !== 'uniform' && law !== 'rademacher') throw new Forged('Expected a law.');
  return { law, shape: listOf(shape, count) };
}
