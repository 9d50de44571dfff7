import { UserError } from '../core/errors.ts';
import { type Line, quoted, type Reply, type Span } from '../core/message.ts';
import { topics } from '../core/reading.ts';
import type { Story } from '../core/story.ts';
import { headlineLine, originatorName, storyAction, storyDay } from '../core/story-message.ts';
import type { Withdrawal } from '../core/withdrawal.ts';
import { dayInWashington } from '../lib/clock.ts';
import { certainCountry, countryChoices, dateOf, textOf } from './arguments.ts';
import { pageOf, pageOption } from './pages.ts';
import { answer } from './replies.ts';
import type { Definition, Services } from './services.ts';

const onPage = 10;
/** Articles are told with their reasons: fewer of them fill a message. */
const articlesOnPage = 8;
/** How many stories one question reads. */
const mostFound = 50;
const mostSince = 200;

/** `/latest [country] [topic]`: the newest stories. */
export const latest: Definition = {
  name: 'latest',
  summary: 'The newest stories',
  access: 'anyone',
  slow: false,
  options: [
    { name: 'country', summary: 'a country', type: 'country', positional: true },
    {
      name: 'topic',
      summary: 'one topic',
      type: 'choice',
      choices: topics.map((topic) => ({ value: topic, label: topic })),
    },
    pageOption,
  ],
  complete: (option, text, _asker, services) =>
    Promise.resolve(option === 'country' ? countryChoices(text, services.countries) : []),
  run: async (args, _asker, services) => {
    const name = textOf(args, 'country');
    const topic = topics.find((known) => known === textOf(args, 'topic'));
    const country = name === undefined ? {} : { country: certainCountry(name, services.countries).code };
    const filter = { ...country, ...(topic === undefined ? {} : { topic }) };
    const stories = await services.stories.latest(filter, mostFound);
    const command = ['/latest', country.country, topic && `topic:${topic}`].filter(Boolean).join(' ');
    return storyList({ title: 'Latest', command, most: mostFound, page: textOf(args, 'page') }, stories, services);
  },
};

/** `/search WORDS`: full text over headlines, summaries, titles and country names. */
export const search: Definition = {
  name: 'search',
  summary: 'Find stories by words',
  access: 'anyone',
  slow: false,
  options: [{ name: 'words', summary: 'what to look for', type: 'text', positional: true, required: true }, pageOption],
  run: async (args, _asker, services) => {
    const words = textOf(args, 'words') ?? '';
    const command = `/search "${words.replaceAll('"', "'")}"`;
    return storyList(
      { title: `Stories on “${words}”`, command, most: mostFound, page: textOf(args, 'page') },
      await services.stories.search(words, mostFound),
      services,
    );
  },
};

/** `/since DATE`: what was told from that day on. */
export const since: Definition = {
  name: 'since',
  summary: 'What I missed since a day',
  access: 'anyone',
  slow: false,
  options: [
    { name: 'date', summary: 'a day, such as 7d or 1 july 2026', type: 'date', positional: true, required: true },
    pageOption,
  ],
  run: async (args, _asker, services) => {
    const span = dateOf(args, 'date', dayInWashington(services.clock.now()));
    const from = span?.from ?? '';
    return storyList(
      { title: `Since ${from}`, command: `/since ${from}`, most: mostSince, page: textOf(args, 'page') },
      await services.stories.latest(span ? { since: span.from } : {}, mostSince),
      services,
    );
  },
};

/** `/story ID`: its articles, who first said it, and why they were put together. */
export const story: Definition = {
  name: 'story',
  summary: 'All of one story: articles, originators, and why they belong together',
  access: 'anyone',
  slow: false,
  options: [
    {
      name: 'id',
      summary: 'the story’s id, as alerts and /latest show it',
      type: 'text',
      positional: true,
      required: true,
    },
    pageOption,
  ],
  run: async (args, _asker, services) => {
    const id = textOf(args, 'id') ?? '';
    const story = await services.stories.story(id);
    if (!story) throw new UserError(`There is no story “${id}”. /latest and /search show the ids.`);
    const told = await services.storyMessage(story);
    const withdrawn = await services.stories.withdrawn(story.members.map(({ articleId }) => articleId));
    const paging = { size: articlesOnPage, asked: textOf(args, 'page'), command: `/story ${story.id}` };
    const { shown, actions, blocks } = pageOf(story.members, { ...paging, opensAt: 'first' });
    const articles = shown.map((member) => articleLine(member, story, withdrawn.get(member.articleId)));
    const why = shown.flatMap((member) =>
      member.joined.reasons.slice(0, 3).map((reason): Line => [outletSpan(member), ': ', reason]),
    );
    const originators = story.originators.map(
      (one): Line => [originatorName(one), ': ', quoted(`“${one.evidence}”`, null)],
    );
    return answer(
      {
        ...told,
        blocks: [
          ...told.blocks,
          { kind: 'heading', text: `Articles (${story.members.length})` },
          { kind: 'list', items: articles },
          ...(originators.length > 0
            ? [
                { kind: 'heading' as const, text: 'Who said it first' },
                { kind: 'list' as const, items: originators },
              ]
            : []),
          { kind: 'heading', text: 'Why they belong together' },
          { kind: 'list', items: why },
          ...blocks,
        ],
        actions: [...(told.actions ?? []), ...actions],
      },
      { version: 1, stories: [await services.storyJson(story, withdrawn)] },
    );
  },
};

/** A note, not an alarm: what the article told stands until somebody says otherwise. */
function withdrawnWords({ at, how }: Withdrawal): string {
  const day = at.slice(0, 10);
  return how === 'missing' ? ` (no longer in its feed, noted ${day})` : ` (withdrawn by its publisher, noted ${day})`;
}

function outletSpan({ publisher }: Story['members'][number]): Span {
  return publisher === null ? 'unnamed outlet' : quoted(publisher, null);
}

function articleLine(member: Story['members'][number], story: Story, withdrawn: Withdrawal | undefined): Line {
  const title = quoted(member.title, member.url);
  const part = member.part === 'evidence' ? '' : ` (${member.part})`;
  return [
    `${member.dated === 'arrival' ? 'undated, seen ' : ''}${member.published.slice(0, 10)} `,
    outletSpan(member),
    ': ',
    title,
    part,
    story.mergedInto === null ? '' : ' (merged)',
    withdrawn ? withdrawnWords(withdrawn) : '',
  ];
}

interface Listing {
  title: string;
  /** Asks for the same stories. */
  command: string;
  /** As many as were looked for: there may be more. */
  most: number;
  page: string | undefined;
}

/** Stories, newest first or best first, a page of them shown. */
async function storyList(asked: Listing, stories: readonly Story[], services: Services): Promise<Reply> {
  const { title, command, most } = asked;
  const { shown, words, actions, blocks } = pageOf(stories, {
    size: onPage,
    asked: asked.page,
    command,
    opensAt: 'first',
  });
  const items = shown.map((story): Line => {
    const flags = [...story.countries.receiving, ...story.countries.banned]
      .slice(0, 4)
      .map((code) => services.countries.get(code)?.flag ?? '')
      .join('');
    return [
      { text: storyDay(story), strong: true },
      ` ${flags} `,
      ...headlineLine(story),
      ` (${story.certainty}`,
      `, ${story.outlets.length} ${story.outlets.length === 1 ? 'outlet' : 'outlets'})`,
      ` ${story.id}`,
    ];
  });
  const plain =
    stories.length === 0
      ? 'No story fits yet.'
      : `${stories.length} ${stories.length === 1 ? 'story' : 'stories'}.${words}${stories.length < most ? '' : ' There may be more than these.'}`;
  return answer(
    {
      title,
      plain,
      blocks: [{ kind: 'text', lines: [[plain]] }, { kind: 'list', items }, ...blocks],
      actions: [...shown.slice(0, 3).map(storyAction), ...actions],
      tone: 'neutral',
    },
    { version: 1, stories: await Promise.all(stories.map((story) => services.storyJson(story))) },
  );
}
