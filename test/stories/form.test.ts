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
    ['reaction', 'Haitian families in Boston fear end of protected status', null],
    ['reaction', 'Palau recalls its ambassador over US entry ban', null],
    ['reaction', 'Senators demand texts of removal deals', null],
    ['reaction', 'Senadores exigen conocer el acuerdo con Palaos', null],
    ['reaction', 'Familles haïtiennes craignent la fin du statut', null],
    ['news', 'US demands answer from Palau on deportees', null],
    ['news', 'Rubio urges Palau to take deportees from US', null],
    ['news', 'Washington worries allies with request on deportees', null],
    ['news', 'Palau asks families of deportees to come forward', null],
  ] as const)('%s: %s', (form, title, url) => {
    expect(formOf({ title, url })).toBe(form);
  });
});
