import { describe, expect, it } from 'vitest';
import { formOf } from '../../src/stories/form.ts';

describe('form', () => {
  it.each([
    ['news', 'Palau signs deal to take deportees', null],
    ['news', 'Opinion divided as Palau signs deal', null],
    ['news', 'Palau lives with a deal it did not want', null],
    ['opinion', 'Opinion: Palau deserves better', null],
    ['opinion', 'Palau deserves better', 'https://example.com/opinion/2026/palau'],
    ['opinion', 'Éditorial : le prix d’un accord', null],
    ['explainer', 'Explainer: what Palau has signed', null],
    ['explainer', 'Palau and the deportees: what we know', null],
    ['roundup', 'Who has agreed to what, at a glance', null],
    ['roundup', 'The week in removals', null],
    ['live-blog', 'Live updates: court rules on removals', null],
    ['live-blog', 'EN DIRECTO: el fallo', null],
    ['reaction', 'Rights groups condemn Palau deal', null],
    ['reaction', 'Amnesty slams deportee deal', null],
  ] as const)('%s: %s', (form, title, url) => {
    expect(formOf({ title, url })).toBe(form);
  });
});
