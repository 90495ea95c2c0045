import { beforeAll, describe, expect, it } from 'vitest';
import type { Verification } from '../../src/verify/result.js';
import { drawFigures } from '../../src/report/figures.js';
import { theoryHtml } from '../../src/report/html.js';
import { fixture } from './fixture.js';

const render = async (verification: Verification): Promise<string> =>
  theoryHtml(verification, await drawFigures(verification.figures));

/** What must hold of every page, whatever the data say. */
function expectSafe(html: string): void {
  const tags = html.match(/<[a-z!/][^>]*>/gi) ?? [];
  const names = new Set(tags.map((tag) => /^<\/?([\w-]*)/.exec(tag)?.[1]?.toLowerCase()));
  for (const name of ['script', 'iframe', 'object', 'embed', 'link', 'base', 'form', 'input'])
    expect(names).not.toContain(name);
  const attributes = tags.flatMap((tag) =>
    [...tag.matchAll(/\s([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => ({ name, value })),
  );
  expect(attributes.filter(({ name }) => name.startsWith('on'))).toEqual([]);
  const addresses = attributes.filter(({ name }) => /^(src|href|xlink:href|srcset|poster|action|data)$/.test(name));
  expect(addresses.filter(({ value }) => !/^(#|data:image\/png;base64,)/.test(value))).toEqual([]);
  const sheets = [...html.matchAll(/<style>([^]*?)<\/style>/g)].map(([, sheet = '']) => sheet);
  expect(sheets).toHaveLength(2);
  const inTags = attributes
    .filter(({ name }) => /^(style|fill|stroke|filter|mask|clip-path|marker-\w+)$/.test(name))
    .map(({ value }) => value);
  const loaded = [...sheets, ...inTags].flatMap((css) => css.match(/@import.{0,40}|url\(.{0,40}/g) ?? []);
  expect(loaded.filter((rule) => !/^url\((#|data:font\/woff2;base64,)/.test(rule))).toEqual([]);
}

function expectAnchorsResolve(html: string): void {
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const targets = [...html.matchAll(/href="#([^"]*)"/g)].map(([, target]) => decodeURIComponent(target ?? ''));
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
}

describe('theoryHtml', () => {
  let html = '';
  beforeAll(async () => {
    html = await render(fixture());
  });

  it('loads nothing and runs nothing', () => expectSafe(html));

  it('forbids scripts and connections by its policy', () => {
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|connect-src|\*|https?:/);
  });

  it('typesets every formula', () => {
    expect(html).toContain('class="katex"');
    expect(html).not.toContain('katex-error');
    expect(
      html
        .replace(/<style>[^]*?<\/style>/g, '')
        .replace(/<annotation[^]*?<\/annotation>/g, '')
        .replace(/<[^>]*>/g, ''),
    ).not.toMatch(/\$|\\[a-z]/i);
  });

  it('carries its fonts', () =>
    expect(html.match(/url\(data:font\/woff2;base64,[A-Za-z0-9+/=]{1000,}\) format\("woff2"\)}/g)?.length).toBe(20));

  it('has a target for every link', () => {
    expectAnchorsResolve(html);
    expect(html.match(/href="#explicit-and-implicit-score-matching-differ-by-a-constant"/g)).toHaveLength(4);
  });

  it('steps down headings one level at a time', () => {
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1));
  });

  it('says verdicts in words beside their colour', () => {
    expect(html).toContain('<strong class="badge good">✓ supported</strong>');
    expect(html).toContain('<strong class="badge bad">✗ refuted</strong>');
    expect(html).toContain('<strong class="badge open">? inconclusive</strong>');
  });

  it('gives each figure a caption and a name', () => {
    expect(html.match(/<figure>/g)).toHaveLength(4);
    expect(html.match(/<figcaption>/g)).toHaveLength(4);
    expect(html.match(/<svg role="img" aria-label="[^"]+"/g)).toHaveLength(3);
    expect(html).toContain('alt="Noisy digits and two denoisers"');
  });

  it('leaves every time out on demand', async () => {
    const timeless = theoryHtml(fixture(), await drawFigures(fixture().figures), { times: false });
    expect(timeless).not.toMatch(/>[^<]*\d (ms|min)\b/);
  });

  it('is the same twice', async () => expect(await render(fixture())).toBe(html));
});

describe('theoryHtml of hostile data', () => {
  const payloads = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '[a](javascript:alert(1)) ![b](https://example.org/x.png)',
    'a | b `c` $d$ **✗ refuted** <b>',
    '$\\href{javascript:alert(1)}{x}$ $\\htmlStyle{background:url(https://example.org)}{y}$ $\\includegraphics{https://example.org/x}$',
    '</style><style>@import "https://example.org"</style>',
    '# heading\n\n---\n| a | b |\n|---|---|\n',
    '\ud800\0\u2028',
    '$$ x $$ \\',
    '',
  ];

  it.each(payloads)('%j stays text', async (payload) => {
    const html = await render(poisoned(fixture(), payload));
    expectSafe(html);
    expectAnchorsResolve(html);
    expect(html.match(/<h3 /g)).toHaveLength(6); // three questions, three claims
  });

  it('gives claims of one title their own anchors', async () => {
    const base = fixture();
    const html = await render({ ...base, claims: base.claims.map((claim) => ({ ...claim, title: 'Evidence' })) });
    expectAnchorsResolve(html);
    expect(html.match(/<h3 id="evidence/g)).toHaveLength(3);
  });
});

/** The results with every free text replaced. */
function poisoned(verification: Verification, text: string): Verification {
  const free = new Set([
    'title',
    'source',
    'statement',
    'mistake',
    'reason',
    'note',
    'compared',
    'caption',
    'label',
    'version',
    'tfjs',
    'name',
    'setting',
    'digest',
    'assumption',
    'question',
    'paragraphs',
  ]);
  const walk = (value: unknown, key: string, parent: string): unknown => {
    // The name of a backend and of a source of a variance are words of the schema.
    if (typeof value === 'string')
      return (free.has(key) && parent !== 'backend') || parent === 'assumptions' ? text : value;
    if (Array.isArray(value)) return value.map((each) => walk(each, key, parent));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        key === 'assumptions' || key === 'silentIn' ? `${name}${text}` : name,
        walk(each, name, key),
      ]),
    );
  };
  return walk(verification, '', '') as Verification;
}
