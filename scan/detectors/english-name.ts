import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

// Given names common in English-speaking countries and those around them, in rough order of frequency.
const given =
  'James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Timothy Ronald Edward Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Frank Alexander Raymond Patrick Jack Dennis Jerry Tyler Aaron Jose Adam Nathan Henry Douglas Zachary Peter Kyle Ethan Walter Noah Jeremy Christian Keith Roger Terry Gerald Harold Sean Austin Carl Arthur Lawrence Dylan Jesse Jordan Bryan Billy Joe Bruce Gabriel Logan Albert Willie Alan Juan Wayne Elijah Randy Roy Vincent Ralph Eugene Russell Bobby Mason Philip Louis Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Margaret Sandra Ashley Kimberly Emily Donna Michelle Carol Amanda Dorothy Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Kathleen Amy Angela Shirley Anna Brenda Pamela Emma Nicole Helen Samantha Katherine Christine Debra Rachel Carolyn Janet Catherine Maria Heather Diane Ruth Julie Olivia Joyce Virginia Victoria Kelly Lauren Christina Joan Evelyn Judith Megan Andrea Cheryl Hannah Jacqueline Martha Gloria Teresa Ann Sara Madison Frances Kathryn Janice Jean Abigail Alice Julia Judy Sophia Grace Denise Amber Doris Marilyn Danielle Beverly Isabella Theresa Diana Natalie Brittany Charlotte Marie Kayla Alexis Lori Lars Pieter Sofie Ingrid Carlos Lucia Yuki Amina Ahmed Mohammed Muhammad Fatima Ali Omar Hassan Ivan Olga Dmitri Sergei Natasha Anna Hans Klaus Jürgen Wolfgang Heidi Pierre Marie Jean Francois Sophie Luc Giovanni Marco Giulia Luca Paolo Jan Piotr Katarzyna Anders Erik Sven Mikael Antonio Manuel Pedro Joao Ana Miguel Luis Diego Sofia Elena Carmen Hiroshi Kenji Akira Sakura Min-jun Ji-woo Wei Fang Li Raj Priya Amit Sunita Rahul Anita Sanjay Deepak'

/** A Western personal name: a known given name, and one to three words more, each with a capital. */
export const englishName: Detector = {
  kind: 'name',
  source: 'Given names frequent in public statistics of names (US SSA and others)',
  cell: `^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof)[.]? )?(?:${[...new Set(given.split(' '))].join('|')})[0-9]* [A-Z][A-Za-z0-9'. -]*$|^[A-Z][A-Za-z'-]+, (?:(?:Mr|Mrs|Miss|Ms|Master|Dr|Rev)[.] ?)?(?:${[...new Set(given.split(' '))].join('|')})`,
  check: (x) =>
    `lengthUTF8(${x}) <= 50 AND NOT match(${x}, ' [a-z]{4,}| (Inc|Ltd|LLC|Co|Airport|Intl|City|County|Field|Park|Street|Road|Hospital|University|School)([. ]|$)')`,
  chance: 0.3,
  rate: 0.35,
  distinct: 0.3,
  alone: true,
  because: 'dictionary',
  confusedWith:
    'places and companies named after people (Charlotte Douglas Intl, John Deere); rate, variety and header settle it',
  mask: (name) =>
    name
      .split(' ')
      .map((word) => keepEnds(1, 0)(word))
      .join(' '),
}
