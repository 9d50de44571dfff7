const articled =
  /^(?:(?:Democratic |Central African |Dominican |Czech )?Republic\b|Democratic People|United |US |British (?:Indian|Virgin)|Caribbean Netherlands$|French Southern|Bahamas$|Gambia$|Maldives$|Comoros$|Netherlands$|Philippines$|Seychelles$|Holy See$|Isle of Man$)|(?<!Christmas|Norfolk|Bouvet) Islands$/;

/** A country's name as it stands within a sentence: `the Republic of the Congo`, `Laos`. */
export function inSentence(name: string): string {
  return articled.test(name) ? `the ${name}` : name;
}
