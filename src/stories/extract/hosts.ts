import type { CountryCode } from '../../core/country.ts';
import type { Stage } from '../../core/reading.ts';
import { tellsBan } from './banned.ts';
import { foreignCourt } from './courts.ts';
import type { Frame } from './frame.ts';
import type { Mention } from './gazetteer.ts';
import { groupOf, hostsIn } from './mention-part.ts';
import { after, before, has, listGroups, type Unit } from './units.ts';

type Codes = Set<CountryCode>;

const requested: ReadonlySet<Stage> = new Set<Stage>(['approached', 'in-talks']);

/** In a court's act only the places that people are sent to, or kept from, receive. */
function destinationsOf(units: readonly Unit[]): Codes {
  const found: Codes = new Set();
  for (const unit of units) {
    for (const mention of hostsIn(unit)) {
      if (groupOf(unit, mention).some((one) => isDestination(unit, one))) found.add(mention.code);
    }
  }
  return found;
}

/** From this many sentences that each open with another country on, an article goes from one to the next. */
const surveyed = 8;

/** What a host does, or has done to it: a sentence on the entry ban may tell of it too. */
const hostActs = ['ask', 'talks', 'agree', 'sign', 'arrive', 'refuse', 'deny'];

/** A list of who has agreed to what tells no step of one country: each that it names has its own. */
function goesRound(units: readonly Unit[]): boolean {
  const opening = units.flatMap(({ mentions }) => mentions.filter(({ from, kind }) => from === 0 && kind === 'name'));
  return new Set(opening.map(({ code }) => code)).size >= surveyed;
}

/** Countries asked, agreeing, refusing or receiving in this development: the title's, else the first sentence's that names any. */
export function receivingOf(units: readonly Unit[], frame: Frame, stage: Stage | null, isRound: boolean): Codes {
  const [title, ...sentences] = units;
  if (title === undefined) return new Set();
  if (isRound || (title.mentions.length === 0 && goesRound(sentences))) {
    const told = units.filter((unit) => !unit.background && (!tellsBan(unit) || has(unit, ...hostActs)));
    return new Set(told.flatMap(hostsIn).flatMap(({ code, kind }) => (kind === 'name' ? [code] : [])));
  }
  const told = sentences.filter((unit) => !unit.background);
  if (frame.court) {
    const own = foreignCourt([title, ...told]);
    const places = new Set([...destinationsOf([title, ...told.slice(0, 1)]), ...(own === null ? [] : [own])]);
    return places.size > 0 ? places : new Set(hostsIn(title).map((mention) => mention.code));
  }
  const lead = [title, ...told.slice(0, 4)];
  const first =
    lead.find((unit) => hostsIn(unit).some((mention) => !isVenue(unit, mention))) ??
    lead.find((unit) => hostsIn(unit).length > 0);
  const found: Codes = new Set(first === undefined ? [] : actorsIn(first).map((mention) => mention.code));
  if (stage !== null && requested.has(stage)) extendByLists(told, found);
  for (const unit of told.filter((one) => has(one, 'same-list'))) {
    for (const mention of unit.mentions) if (mention.kind !== 'people') found.add(mention.code);
  }
  return found;
}

/** `Kosovo receives deportees as Serbia protests`: the second looks on; so does the first of `Serbia protests over …`. */
function actorsIn(unit: Unit): Mention[] {
  const named = hostsIn(unit);
  const elsewhere = named.filter((mention) => !isVenue(unit, mention));
  const all = elsewhere.length > 0 ? elsewhere : named;
  const hosts = all.length > 1 ? all.filter((mention) => !after(unit, 'protests', mention.to, 1)) : all;
  return hosts.filter((mention, at) => at === 0 || !before(unit, 'meanwhile', mention.from, 1));
}

/** `signed in Monrovia`: where a pen or a table stood, which need not be the host. */
function isVenue(unit: Unit, { kind, from }: Mention): boolean {
  return kind === 'capital' && before(unit, 'to', from, 1) && before(unit, 'sign', from, 6);
}

/** `got the request`, `approached`, in a list with a country that was asked. */
function extendByLists(units: readonly Unit[], found: Codes): void {
  for (const unit of units) {
    for (const group of listGroups(unit)) {
      const listed = unit.index < 4 && group.length > 1 && group.some((mention) => found.has(mention.code));
      // Further down a list of those asked is a long one.
      const asked = has(unit, 'request-list') && group.length > (unit.index < 4 ? 1 : 2);
      if (!listed && !asked) continue;
      const hosts = new Set(hostsIn(unit));
      for (const mention of group) if (hosts.has(mention)) found.add(mention.code);
    }
  }
}

function isDestination(unit: Unit, mention: Mention): boolean {
  return before(unit, 'toward', mention.from, 2) || after(unit, 'move', mention.to, 1);
}
