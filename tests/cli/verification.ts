import type { Verification } from '../../src/verify/result.js';

/** A verification of one claim in which all is as claimed. */
export const asClaimed: Verification = {
  version: '0.0.0',
  backend: { name: 'wasm', tfjs: '4.22.0', reason: 'A test.' },
  data: { name: 'drawn digits, not MNIST', source: 'a test', digest: '0123456789ab', images: 10 },
  seed: 5,
  quick: true,
  budget: { falseFailRate: 1e-6, randomChecks: 0, spent: 0 },
  summary: {
    supported: 1,
    refuted: 0,
    inconclusive: 0,
    falseVariants: 1,
    falseVariantsRefuted: 1,
    withoutRandomness: 1,
  },
  claims: [
    {
      id: 'score-mean-zero',
      title: 'The score has mean zero',
      source: 'hyvarinen2005',
      kind: 'identity',
      statement: '\\mathbb E_p s = 0',
      assumptions: { boundary: 'No flux through the boundary.' },
      verdict: 'supported',
      settings: [{ name: 'a mixture', verdict: 'supported', evidence: [], milliseconds: 3 }],
      falseVariants: [
        {
          id: 'clean-score',
          mistake: 'The score of another density.',
          statement: '\\mathbb E_{p_\\sigma} \\nabla \\log p_0 = 0',
          kind: 'value',
          refuted: true,
          clarity: 40,
          evidence: [],
          silentIn: {},
        },
        {
          id: 'nothing',
          mistake: 'Both sides are the same.',
          statement: '0 = 0',
          kind: 'vacuous',
          refuted: null,
          reason: 'It says nothing.',
          clarity: null,
          evidence: [],
          silentIn: {},
        },
      ],
      withoutAssumption: [{ assumption: 'boundary', name: 'Exp(1)', expectedResidual: -1, shown: true, evidence: [] }],
      milliseconds: 4,
    },
  ],
  figures: [],
  answers: [],
  milliseconds: 5,
};
