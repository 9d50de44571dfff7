import type { Countries, CountryCode } from './country.ts';
import { type Action, type Block, type Line, type Message, quoted, type Span } from './message.ts';
import type { Originator } from './reading.ts';
import { type Change, type Story, type StoryMember, substantialChanges } from './story.ts';
import { certaintyWords, changeWords, listWords, markedTitle, shorten, stageWords } from './story-words.ts';
import type { UnderReview } from './under-review.ts';

/** How a story is told this time. */
export interface StoryTelling {
  /** `alert` is its first word, `update` what changed since, `answer` the story to whoever asks. */
  kind: 'alert' | 'update' | 'answer';
  /** For an update: what changed since the channel last heard; the story's own changes when absent. */
  changes?: readonly Change[];
  /** Catch-up, never as new. */
  late?: boolean;
  /** The story that this one comes after. */
  earlierStory?: Pick<Story, 'id' | 'headline' | 'date' | 'datePrecision'> | null;
  /** Changes of the ledger that a document in it proposes, while they wait for an operator. */
  underReview?: UnderReview | null;
  countries: Countries;
}

const shownLinks = 5;
const extractLimit = 200;
const titleLimit = 120;
const helpUrl = 'https://www.immigrationadvocates.org/legaldirectory/';

/** What a person sees of a story, on every platform: state in words, sentences, what is not known, sources, buttons. */
export function storyMessage(story: Story, telling: StoryTelling): Message {
  const state = stateLine(story);
  const prefix = telling.late ? 'Catch-up: ' : telling.kind === 'update' ? 'Update: ' : '';
  const flags = flagsOf(deciding(story), telling.countries);
  const foreign = borrowed(story);
  return {
    title: `${prefix}${[flags, story.headline].filter(Boolean).join(' ')}`,
    plain: `${prefix}${state}: ${story.headline}. ${sourcesLine(story)}.`,
    blocks: [
      { kind: 'text', lines: textLines(story, telling, state) },
      { kind: 'fields', fields: fieldsOf(story, telling.countries) },
      ...conflictBlocks(story),
      ...beforeBlocks(story, telling),
      { kind: 'list', items: linksOf(story.members) },
    ],
    footer: ['Information, not legal advice. ', { text: 'Find legal help', url: helpUrl }, ` · story ${story.id}`],
    actions: actionsOf(story),
    tone: story.disputed ? 'disputed' : story.certainty,
    tags: tagsOf(story, telling.countries),
    ...(foreign === null ? {} : { foreign }),
  };
}

/** Where no step is told the headline is an outlet's own, most often cut; without our mark before it. */
function borrowed({ headline, stage, members }: Story): string | null {
  const own = headline.replace(/^Withdrawn: /, '');
  const start = own.replace(/…$/, '');
  const isTitle = members.some(({ title }) => title.split(/\s+/).join(' ').trim().startsWith(start));
  return stage === null && isTitle ? own : null;
}

/** A button that asks for a story. */
export function storyAction(story: Story): Action {
  const foreign = borrowed(story);
  const how = foreign === null ? {} : { foreign };
  return { kind: 'command', label: story.headline, command: `/story ${story.id}`, ...how };
}

/** A story's headline in a line: our own words, or an outlet's. */
export function headlineLine(story: Story): Line {
  const own = borrowed(story);
  return markedTitle(story.headline).map((part) => (part === own ? quoted(part, null) : part));
}

function tagsOf(story: Story, countries: Countries): readonly string[] {
  const { certainty, disputed, stage, topics } = story;
  const names = deciding(story).map((code) => countries.name(code));
  return [certainty, ...(disputed ? ['disputed'] : []), ...names, ...topics, ...(stage === null ? [] : [stage])];
}

/** `Reported, approached`, with the mark of a denial that stands; what is lifted on a later day is not lifted yet. */
function stateLine({ certainty, disputed, stage, effective }: Story): string {
  const mark = disputed && certainty !== 'disputed' ? 'disputed' : '';
  const from = stage === 'lifted' && effective ? ` from ${effective}` : '';
  return [certaintyWords[certainty], mark, stage ? stageWords(stage) + from : ''].filter(Boolean).join(', ');
}

/** The countries that the development is about; those of its people when it names no others. */
function deciding({ countries, matters }: Story): readonly CountryCode[] {
  const kind = matters[0]?.id.split('/')[0];
  if (kind === 'removals' && countries.receiving.length > 0) return countries.receiving;
  if (kind === 'ban' && countries.banned.length > 0) return countries.banned;
  return [countries.receiving, countries.banned, countries.nationality].find((codes) => codes.length > 0) ?? [];
}

function flagsOf(codes: readonly CountryCode[], countries: Countries): string {
  return codes.length > 3 ? '' : codes.map((code) => countries.get(code)?.flag ?? '').join('');
}

function countryWords(codes: readonly CountryCode[], countries: Countries): string {
  const shown = codes.slice(0, 12).map((code) => {
    const country = countries.get(code);
    return country ? `${country.flag} ${country.name}` : code;
  });
  return [...shown, ...(codes.length > 12 ? [`${codes.length - 12} more`] : [])].join(', ');
}

function textLines(story: Story, telling: StoryTelling, state: string): readonly Line[] {
  const lines: Line[] = [];
  if (story.mergedInto !== null) lines.push([`This story was folded into story ${story.mergedInto}.`]);
  if (telling.kind === 'alert' && story.changes.includes('split'))
    lines.push(['Taken out of another story, where it was told before.']);
  if (telling.kind === 'update') lines.push(...updateLines(story, telling.changes ?? story.changes));
  if (telling.late) lines.push([`Published ${publishedDay(story)}, told late.`]);
  lines.push([{ text: state, strong: true }], [withoutLabel(story.summary)]);
  if (story.unknown !== '') lines.push([{ text: 'Not known: ', strong: true }, story.unknown]);
  if (telling.underReview) lines.push(reviewLine(telling.underReview, telling.countries));
  return lines;
}

function reviewLine({ countries: codes }: UnderReview, countries: Countries): Line {
  const names = codes.slice(0, 12).map((code) => countries.name(code));
  const whom = [...names, ...(codes.length > 12 ? [`${codes.length - 12} more`] : [])].join(', ');
  return [
    { text: 'Status under review: ', strong: true },
    `this document changes the ledger for ${whom}. Until an operator has checked it, /ban-status answers as before and says so.`,
  ];
}

/** The summary names certainty and stage for those who read it alone; here they stand above it. */
function withoutLabel(summary: string): string {
  const sentence = summary.replace(/^(Reported|Disputed|Confirmed|Official)(, [a-z ]+)?: /, '');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function publishedDay({ members }: Story): string {
  return members.map(({ published }) => published.slice(0, 10)).toSorted()[0] ?? 'earlier';
}

function updateLines(story: Story, changes: readonly Change[]): readonly Line[] {
  const said = changes.filter((change) => substantialChanges.has(change) && change !== 'opened');
  const words = said.map((change) => {
    if (change === 'certainty') return `now ${certaintyWords[story.certainty].toLowerCase()}`;
    if (change === 'stage' && story.stage) return `stage now ${stageWords(story.stage)}`;
    return changeWords[change];
  });
  const corrections = said.includes('correction') || said.includes('retraction') ? correctionLines(story.members) : [];
  return [...(words.length > 0 ? [[{ text: 'What changed: ', strong: true }, listWords(words)]] : []), ...corrections];
}

/** The newest correction, in its outlet's words. */
function correctionLines(members: readonly StoryMember[]): readonly Line[] {
  const corrected = members.findLast(({ reading }) => reading.correction !== null);
  const quote = corrected?.reading.correction?.quote;
  if (!corrected || !quote) return [];
  const outlet: Span = corrected.publisher === null ? 'An outlet' : quoted(corrected.publisher, null);
  return [[outlet, ': ', quoted(`“${shorten(quote, extractLimit)}”`, null)]];
}

/** As people are told it: without the mark of an official body. */
export function originatorName({ name }: Pick<Originator, 'name'>): string {
  return name.replace(/^official:/, '');
}

function sourcesLine({ originators, outlets, members }: Story): string {
  const names = originators.map(originatorName);
  const shown = names.length > 4 ? `${names.slice(0, 4).join(', ')}…` : names.join(', ');
  const origin =
    names.length === 0 ? 'no originator named' : `${names.length} originator${names.length > 1 ? 's' : ''} (${shown})`;
  // Saved texts often do not say whose they are: then articles are counted.
  const unnamed = members.some(({ publisher, part }) => part === 'evidence' && publisher === null);
  const count = unnamed ? members.length : outlets.length;
  return `${origin}, ${unnamed ? 'told in' : 'carried by'} ${count} ${unnamed ? 'article' : 'outlet'}${count === 1 ? '' : 's'}`;
}

/** The day of a story in a list, as far as its articles tell it; of undated ones only that they were seen on it. */
export function storyDay({ date, datePrecision }: Pick<Story, 'date' | 'datePrecision'>): string {
  if (datePrecision === 'unknown') return `seen ${date}`;
  return datePrecision === 'month' ? date.slice(0, 7) : date;
}

function fieldsOf(story: Story, countries: Countries): readonly { name: string; value: Line }[] {
  const codes = deciding(story);
  const people = story.countries.nationality.filter((code) => !codes.includes(code));
  const date = story.datePrecision === 'unknown' ? `not told; came in on ${story.date}` : storyDay(story);
  return [
    ...(codes.length > 0 ? [{ name: 'Countries', value: [countryWords(codes, countries)] }] : []),
    ...(people.length > 0 ? [{ name: 'People of', value: [countryWords(people, countries)] }] : []),
    { name: 'Date', value: [date] },
    ...(story.effective ? [{ name: 'Takes effect', value: [story.effective] }] : []),
    { name: 'Sources', value: [sourcesLine(story)] },
  ];
}

function conflictBlocks({ conflicts }: Story): readonly Block[] {
  return conflicts.map(({ fact, values, settled }): Block => {
    const told = values.map(({ value, articles }) => `${value} (${articles.length})`).join('; ');
    const why = settled ? ` Preferred: ${settled.value}. ${shorten(settled.why, extractLimit)}` : '';
    return { kind: 'note', line: [{ text: `Sources disagree on the ${fact}: `, strong: true }, `${told}.${why}`] };
  });
}

function beforeBlocks(story: Story, { earlierStory, countries }: StoryTelling): readonly Block[] {
  const items: Line[] = story.earlier.map(({ originator, date, stage, countries: codes }) => {
    const names = codes.map((code) => countries.name(code));
    const told = [listWords(names), stage ? `(${stageWords(stage)})` : ''].filter(Boolean).join(' ');
    return [originatorName({ name: originator }), `${date === null ? '' : `, ${date}`}: `, told || 'an earlier report'];
  });
  if (earlierStory) items.push([`${storyDay(earlierStory)}: ${earlierStory.headline} · story ${earlierStory.id}`]);
  else items.push(...story.follows.map((id): Line => [`comes after story ${id}`]));
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: 'Before this' },
    { kind: 'list', items },
  ];
}

/** The newest word of each outlet, evidence first. */
function linksOf(members: readonly StoryMember[]): readonly Line[] {
  const order = ['evidence', 'edition', 'copy', 'context'];
  const ranked = members.toSorted((a, b) => order.indexOf(a.part) - order.indexOf(b.part));
  const byOutlet = new Map<string, StoryMember>();
  for (const member of ranked) {
    const outlet = member.publisher ?? member.articleId;
    if (!byOutlet.has(outlet) || member.part === 'edition') byOutlet.set(outlet, member);
  }
  const shown = [...byOutlet.values()].slice(0, shownLinks);
  const rest = byOutlet.size - shown.length;
  return [...shown.map(linkOf), ...(rest > 0 ? [[`and ${rest} more`]] : [])];
}

function linkOf({ publisher, title, url }: StoryMember): Line {
  const untitled: Span = url === null ? 'untitled' : { text: 'untitled', url };
  const link = title === '' ? untitled : quoted(shorten(title, titleLimit), url);
  return publisher === null ? [link] : [quoted(publisher, null), ': ', link];
}

function actionsOf(story: Story): readonly Action[] {
  const codes = deciding(story);
  const [only] = codes;
  const about = codes.length === 1 && only ? ` ${only}` : story.topics[0] ? ` topic:${story.topics[0]}` : '';
  return [
    { kind: 'command', label: 'Sources', command: `/story ${story.id}` },
    { kind: 'command', label: 'Timeline', command: `/timeline${about}` },
    { kind: 'command', label: 'Why this?', command: `/story id:${story.id}` },
  ];
}
