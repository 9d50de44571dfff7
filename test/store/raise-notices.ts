import { openStore } from '../../src/store/open.ts';

// Another process on the same database: raises fifty notices and prints how many were new.
const [url = '', migrations = ''] = process.argv.slice(2);
const store = await openStore({ url, migrations, now: Date.now });
let raised = 0;
for (let n = 0; n < 50; n++) {
  if (await store.notices.raise({ kind: 'k', subject: `${n}`, text: 't', at: '2026-03-02T12:00:00.000Z' })) raised++;
}
await store.close();
process.stdout.write(`${raised}`);
