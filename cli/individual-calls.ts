/** What each action is called with, for the help and for calls that lack something. */
export const individualCalls = {
  register: 'npx tongguan individuals register person.csv --kind deletion --on 2026-11-23',
  answer: 'npx tongguan individuals answer REQUEST --met   (--refuse "WHY")',
  list: 'npx tongguan individuals list',
  drop: 'npx tongguan individuals drop ./batch-2 --out ./batch-2-without',
  notify: 'npx tongguan individuals notify REQUEST person.csv --recipient "AMS Research BV" --out notice.json',
  match: 'npx tongguan individuals match notice.json ./received --key notice.json.key --trust trust.json',
  confirm:
    'npx tongguan individuals confirm notice.json --as recipient.pem --outcome done --trust trust.json --out done.json',
  confirmed: 'npx tongguan individuals confirmed done.json',
  proof: 'npx tongguan individuals proof REQUEST',
} as const
