import type { Deal, DealStep } from '../core/ledger.ts';
import type { Block, Line } from '../core/message.ts';
import { dayInWashington } from '../lib/clock.ts';
import { certainCountry, countryChoices, textOf } from './arguments.ts';
import { answer, datedFooter } from './replies.ts';
import { reportAction } from './report.ts';
import type { Definition } from './services.ts';

/** `/deals [country]`: third-country removal arrangements, stage by stage. */
export const deals: Definition = {
  name: 'deals',
  summary: 'Third-country removal deals: stage, cap, people sent, payment, with sources',
  access: 'anyone',
  slow: false,
  options: [{ name: 'country', summary: 'a country', type: 'country', positional: true }],
  complete: (_option, text, _asker, services) => Promise.resolve(countryChoices(text, services.countries)),
  run: (args, _asker, services) => {
    const today = dayInWashington(services.clock.now());
    const name = textOf(args, 'country');
    const country = name === undefined ? undefined : certainCountry(name, services.countries);
    const deals = services.ledger.deals(country?.code);
    const data = { version: 1, deals };
    const footer = datedFooter(services.ledger.lastVerified, services.ledger.dataEnds, today, services.staleAfterDays);
    if (country) {
      const deal = deals[0];
      const plain = deal
        ? `${country.name}: ${deal.stage}.`
        : `No third-country removal arrangement with ${country.name} is on record.`;
      const title = `${country.flag} ${country.name}: third-country removals`;
      return Promise.resolve(
        answer(
          {
            title,
            plain,
            blocks: [{ kind: 'text', lines: [[plain]] }, ...(deal ? stepBlocks(deal) : [])],
            footer,
            actions: [reportAction(`deals ${country.code}`)],
            tone: 'neutral',
          },
          data,
        ),
      );
    }
    const items = deals.map(
      (deal): Line => [
        `${services.countries.get(deal.code)?.flag ?? ''} ${deal.name}: ${deal.stage} (${deal.history.at(-1)?.date ?? ''})`,
      ],
    );
    const plain = `${deals.length} countries were asked, agreed, refused or received people.`;
    return Promise.resolve(
      answer(
        {
          title: 'Third-country removals',
          plain,
          blocks: [
            { kind: 'text', lines: [[plain]] },
            { kind: 'list', items },
          ],
          footer,
          actions: [reportAction('deals')],
          tone: 'neutral',
        },
        data,
      ),
    );
  },
};

function stepBlocks(deal: Deal): Block[] {
  return [{ kind: 'list', items: deal.history.map(stepLine) }];
}

function stepLine(step: DealStep): Line {
  const facts = [
    step.cap === null ? '' : `cap ${step.cap}`,
    step.transferred === null ? '' : `sent ${step.transferred}`,
    step.nationalities === null ? '' : `nationals: ${step.nationalities}`,
    step.payment === null ? '' : `payment: ${step.payment}`,
    step.instrument ?? '',
    step.note ?? '',
    step.confidence === 'from-memory-unverified' ? 'unverified' : '',
  ].filter((fact) => fact !== '');
  const source = step.source.url === null ? step.source.title : { text: step.source.title, url: step.source.url };
  return [
    { text: step.date, strong: true },
    ` ${step.stage} (${step.certainty})${facts.length > 0 ? `: ${facts.join('; ')}` : ''} `,
    source,
  ];
}
