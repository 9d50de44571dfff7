import { it } from 'vitest';
import { openFullApp } from '../fakes/full-app.ts';
import { askerIn } from '../fakes/services.ts';

const lines = [
  'ban-status',
  'ban-status laos',
  'ban-status turkmenistan history',
  'ban-status haiti exceptions',
  'ban-status congo',
  'ban-status atlantis',
  'ban-status laos since 2025-01-01',
  'ban-status since 2025-01-01',
  'ban-status on 2025-12-20',
  'ban-status PS',
  'ban-status france',
  'ban-status laos on 2027',
  'ban-status laos known 2025-01-01',
  'ban-status fiji',
  'ban-status cuba',
  'ban-status nigeria history',
  'ban-status afghanistan',
  'ban-status iran on 2017-06-01',
  'ban-status brazil',
  'deals',
  'deals rwanda',
  'deals el salvador',
  'deals laos',
  'deals fr',
  'courts',
  'courts dvd-v-dhs',
  'courts nobody',
  'courts trump',
  'timeline',
  'timeline rwanda',
  'timeline laos format:csv',
  'timeline page:99',
  'timeline atlantis',
  'timeline since 2030 until 2020',
  'timeline case:none',
  'latest',
  'latest laos',
  'latest togo',
  'search headline',
  'search zzz',
  'since 7d',
  'since someday',
  'story s0',
  'story s1',
  'story none',
  'story',
  'subscriptions',
  'subscribe laos digest:daily at:25:00',
  'subscribe laos digest:daily',
  'subscribe laos digest:daily',
  'subscribe chad quiet:22:00-07:00 zone:Europe/Belgrade topic:court stages:ruled languages:es certainty:confirmed reminders:on updates:new',
  'subscribe topic:football',
  'subscriptions change:1 certainty:official',
  'subscriptions change:1',
  'subscriptions pause:1',
  'subscriptions',
  'subscriptions resume:1',
  'subscriptions pause:9',
  'unsubscribe 1',
  'unsubscribe 7',
  'unsubscribe all',
  'unsubscribe all',
  'sources',
  'sources test:none',
  'sources add:http://127.0.0.1/',
  'sources remove:none',
  'sources pause:none',
  'sources export',
  'report it is wrong',
  'report',
  'review',
  'review none',
  'review approve:x',
  'review approve:x reason:y',
  'review resolve:x reason:y',
  'review adopt:x reason:y',
  'deliveries',
  'deliveries none',
  'deliveries preview:s1',
  'deliveries retry:all-dead',
  'deliveries state:pending',
  'help',
  'help timeline',
  'help subscribe',
  'help none',
  'nothing',
  '',
];
const english =
  /\b(the|of|is|are|was|were|and|this|that|with|for|from|not|who|which|has|have|been|to|by|until|since|its|it|they|than|before|after|say|all|one)\b/i;

it('explores', async () => {
  const app = await openFullApp();
  const asker = (locale: string) => ({ ...askerIn('c9', { operator: true }), locale });
  const [p] = await app.services.review.waiting(3);
  const [d] = await app.store.outbox.list('pending', 3);
  for (const line of [
    ...lines,
    `review ${p?.id}`,
    `deliveries ${d?.id}`,
    `deliveries drop:${d?.id}`,
    `review reject:${p?.id} reason:because`,
  ]) {
    const reply = await app.dispatcher.line(line, asker('es'));
    const facts: string[] = [];
    const walk = (v: unknown, k = ''): void => {
      if (typeof v === 'string') {
        if (k !== 'error') facts.push(v);
      } else if (v && typeof v === 'object') for (const [kk, vv] of Object.entries(v)) walk(vv, kk);
    };
    walk(reply.data);
    facts.sort((a, b) => b.length - a.length);
    const texts: string[] = [];
    const m = reply.message;
    const sp = (s: any) => texts.push(typeof s === 'string' ? s : s.text);
    texts.push(m.title, m.plain);
    m.footer?.forEach(sp);
    m.actions?.forEach((a) => texts.push(a.label));
    for (const b of m.blocks) {
      if (b.kind === 'text') b.lines.flat().forEach(sp);
      else if (b.kind === 'list') b.items.flat().forEach(sp);
      else if (b.kind === 'fields')
        for (const f of b.fields) {
          texts.push(f.name);
          f.value.forEach(sp);
        }
      else if (b.kind === 'heading') texts.push(b.text);
      else b.line.forEach(sp);
    }
    const left = [...new Set(texts)]
      .map((t) => {
        let r = t;
        for (const f of facts) if (f.length > 3) r = r.replaceAll(f, '◆').replaceAll(f.replace(/\.+$/, ''), '◆');
        return [r, t] as const;
      })
      .filter(([r]) => english.test(r.replace(/\/[a-z-]+ .*$/, '')));
    if (left.length || reply.exitCode === 1)
      console.log(
        `## ${line} [${reply.exitCode}] ${JSON.stringify(reply.message).length}\n` +
          left
            .slice(0, 8)
            .map(([r]) => '   ' + r.slice(0, 300))
            .join('\n'),
      );
  }
  await app.close();
}, 120000);
