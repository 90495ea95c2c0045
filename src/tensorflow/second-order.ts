/**
 * What differentiating twice through an operation of TensorFlow.js 4.22.0 comes to, on every backend; first-order gradients are right for all.
 *
 * The gradients of `inexact` are silently wrong (by 3 % to 120 % of the norm in what was tried): these operations save their output for the
 * backward pass and take it for a constant in the second one. Where no other path exists they throw "Cannot compute gradient of y=f(x)..." instead.
 * Those of `throws` have no second-order gradient at all. What is trained on a divergence or a Jacobian uses `exact` alone.
 * Source: tensorflow/tfjs issue 3252; each name is tried in tests/tensorflow/second-order.test.ts.
 */
export const secondOrderGradients = {
  exact: [
    'abs',
    'atan',
    'cos',
    'cosh',
    'erf',
    'expm1',
    'log',
    'log1p',
    'pow',
    'reciprocal',
    'relu',
    'sin',
    'sinh',
    'softplus',
    'sqrt',
    'square',
    'expm1(2x) / (expm1(2x) + 2), which is tanh(x)',
  ],
  inexact: [
    'elu',
    'exp',
    'logSoftmax',
    'sigmoid',
    'softmax',
    'tanh',
    'log(sum(exp(x)))',
    'x sigmoid(x)',
    'x exp(-softplus(-x))',
  ],
  throws: ['clipByValue', 'leakyRelu', 'logSumExp', 'max', 'min', 'minimum', 'prelu', 'prod', 'relu6', 'selu'],
  source: 'https://github.com/tensorflow/tfjs/issues/3252',
} as const;
