/** The TensorFlow release that is pinned for one platform: a wheel whose libraries the native backend links. */
export interface Release {
  /** Name of the distribution, as pip knows it. */
  readonly distribution: string;
  /** Its version, which is also the version of the library inside. */
  readonly version: string;
  /** Platform tags of the wheel, for `pip download --platform`. */
  readonly tags: readonly string[];
  /** SHA-256 of the wheel for CPython 3.11. */
  readonly sha256: string;
  /** Size of the wheel in bytes. */
  readonly bytes: number;
  /** Size in bytes of the two libraries in it, beside which its headers are nothing. */
  readonly unpacked: number;
  /** Oldest glibc that the libraries in the wheel run on; the tag manylinux_2_17 promises 2.17. */
  readonly glibc?: string;
}

/** The release of TensorFlow.js, in our package.json and in native/package.json alike. */
export const tfjsVersion = '4.22.0';

/** Platform, as `process.platform` and `process.arch` with a hyphen between them, to its pinned release; docs/decisions/0001 says how they were chosen. */
export const releases: Readonly<Record<string, Release>> = {
  'linux-x64': {
    distribution: 'tensorflow-cpu',
    version: '2.15.1',
    tags: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
    bytes: 207_208_420,
    unpacked: 613_776_168,
    glibc: '2.17',
  },
  'linux-arm64': {
    distribution: 'tensorflow-cpu-aws',
    version: '2.15.1',
    tags: ['manylinux_2_17_aarch64', 'manylinux2014_aarch64'],
    sha256: 'd4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e',
    bytes: 211_874_120,
    unpacked: 694_256_568,
    glibc: '2.17',
  },
  'darwin-x64': {
    distribution: 'tensorflow',
    version: '2.15.1',
    tags: ['macosx_10_15_x86_64'],
    sha256: '6761efe511e6ee0f893f60738fefbcc51d6dc386eeaaafea59d21899ef369ffd',
    bytes: 236_482_723,
    unpacked: 720_243_600,
  },
  'darwin-arm64': {
    distribution: 'tensorflow',
    version: '2.16.2',
    tags: ['macosx_12_0_arm64'],
    sha256: '2c8a0e79395639b762e62002db99b2f6cc608f744312c9940899c1128f325331',
    bytes: 227_025_342,
    unpacked: 614_552_924,
  },
};
