import { join } from 'node:path'
import { crowd, day, isoDay } from '../people.ts'
import type { Person, Sex } from '../people.ts'
import { personsIn } from '../pilots.ts'
import type { GenerateOptions, PilotData } from '../pilots.ts'
import { randomFor } from '../random.ts'
import type { Random } from '../random.ts'
import { fileOf, writeFiles } from '../tables.ts'
import type { Table } from '../tables.ts'

/** One in 150 is under fourteen: 7,000 of them. */
const users = 1_050_000
const everyNthIsMinor = 150
/** Accounts that thousands follow. */
const everyNthIsPopular = 500

/**
 * Writes what an invented platform’s overseas safety team can open: accounts, posts, private messages and who follows
 * whom, as its databases export them (accounts and the graph’s edges as tables, what is written as a JSON object a line). Of the two batches the first fits the
 * declaration, the second brings the private messages along.
 */
export async function generate(folder: string, options: GenerateOptions = {}): Promise<PilotData> {
  const { seed = 20261123, progress } = options
  const to = personsIn(users, options)
  const platform = platformOf(seed, to)
  const data = join(folder, 'data')
  const [first, second] = ['2026-11-第一批', '2026-11-第二批'].map((name) => join(folder, 'batches', name))
  if (first === undefined || second === undefined) throw new Error('two batches have two folders')
  const [middle, end] = [personsIn(18_000, options), personsIn(30_000, options)]
  const declared = (batch: string, from: number, to: number) => [
    fileOf(batch, platform.accounts, { from, to, only: ['user_id', 'birthday', 'register_date'] }),
    fileOf(batch, platform.profiles, { from, to, only: ['user_id', 'gender', 'account_status'] }),
    fileOf(batch, platform.posts, { from, to }),
    fileOf(batch, platform.follows, { from, to }),
  ]
  await writeFiles(
    [
      fileOf(data, platform.accounts, { to }),
      fileOf(data, platform.profiles, { to }),
      fileOf(data, platform.posts, { to }),
      fileOf(data, platform.messages, { to }),
      fileOf(data, platform.follows, { to }),
      ...declared(first, 0, middle),
      ...declared(second, middle, end),
      fileOf(second, platform.messages, { from: middle, to: end }),
    ],
    progress,
  )
  return { data, batches: [first, second] }
}

interface Account extends Person {
  readonly registered: string
}

interface Act {
  readonly number: number
  readonly nth: number
  readonly random: Random
}

interface Profile extends Act {
  readonly sex: Sex
}

interface Message extends Act {
  readonly text: string
}

interface Edge extends Act {
  readonly other: number
}

function platformOf(seed: number, count: number) {
  const adult = crowd(seed, { from: '1958-01-01', to: '2009-12-31' })
  // Under fourteen until the end of 2026.
  const minor = crowd(seed, { from: '2013-01-01', to: '2016-12-31' })
  const person = (number: number) => (number % everyNthIsMinor === 0 ? minor : adult)(number)

  const [firstDay, days] = [day('2019-01-01'), 2500]
  const accounts: Table<Account> = {
    name: 'users.csv',
    rowsOf: (number) => [{ ...person(number), registered: isoDay(firstDay + ((number * 7919) % days)) }],
    columns: {
      user_id: ({ number }) => userId(number),
      phone: ({ mobile }) => mobile,
      birthday: ({ born }) => born,
      register_date: ({ registered }) => registered,
    },
  }
  const profiles: Table<Profile> = {
    name: 'profiles.ndjson',
    rowsOf: some(25, (number) => {
      const random = randomFor(seed, 'profile', number)
      return [{ number, nth: 0, random, sex: person(number).sex }]
    }),
    columns: {
      user_id: ({ number }) => userId(number),
      nickname: ({ random }) => `${random.pick(nickHeads)}${random.pick(nickTails)}${random.integer(1, 9999)}`,
      gender: ({ sex }) => (sex === '男' ? 'male' : 'female'),
      account_status: ({ random }) => (random.chance(0.02) ? 'restricted' : 'normal'),
    },
  }
  const posts: Table<Act> = {
    name: 'posts.ndjson',
    rowsOf: some(25, (number) => {
      const random = randomFor(seed, 'posts', number)
      return Array.from({ length: random.integer(1, 3) }, (_, nth) => ({ number, nth, random }))
    }),
    columns: {
      post_id: ({ number, nth }) => `p${String(number * 4 + nth + 700_000_001)}`,
      author_id: ({ number }) => userId(number),
      post_text: ({ random }) => `${random.pick(openings)}${random.pick(middles)}${random.pick(closings)}`,
      publish_time: ({ random }) => timeOf(random, '2026-01-01', '2026-02-27'),
      report_count: ({ random }) => (random.chance(0.05) ? random.integer(1, 40) : 0),
    },
  }
  const messages: Table<Message> = {
    name: 'messages.ndjson',
    rowsOf: some(40, (number) => {
      const random = randomFor(seed, 'messages', number)
      return Array.from({ length: random.integer(1, 2) }, (_, nth) => {
        const opening = random.pick(openings)
        // Some give their own number away in what they take for a private talk.
        const text = random.chance(0.04)
          ? `${opening}这是我的手机号${person(number).mobile}，到了打给我。`
          : `${opening}${random.pick(privately)}`
        return { number, nth, random, text }
      })
    }),
    // One row in the mailbox of each who takes part.
    columns: {
      user_id: ({ number }) => userId(number),
      conversation_id: ({ number, nth }) => `c${String(number * 2 + nth + 300_000_001)}`,
      message_text: ({ text }) => text,
      send_time: ({ random }) => timeOf(random, '2026-01-01', '2026-02-27'),
    },
  }
  const follows: Table<Edge> = {
    name: 'follows.csv',
    rowsOf: some(15, (number) => {
      if (isPopular(number)) return []
      const random = randomFor(seed, 'follows', number)
      // First somebody whom thousands follow, then acquaintances: the same few each time, as people have them.
      const popular = random.integer(0, Math.floor(count / everyNthIsPopular) - 1) * everyNthIsPopular + 7
      const others = [popular, ...[1, 2].map((nth) => (number + nth * 1009) % count)]
      return others.slice(0, random.integer(1, 3)).map((other, nth) => ({ number, nth, random, other }))
    }),
    columns: {
      follower_id: ({ number }) => userId(number),
      followee_id: ({ other }) => userId(other),
      follow_time: ({ random }) => timeOf(random, '2021-01-01', '2026-02-27'),
    },
  }
  return { accounts, profiles, posts, messages, follows }
}

/** Rows for one account in so many; the others did nothing lately. */
function some<Row>(oneOf: number, rowsOf: (number: number) => Iterable<Row>): (number: number) => Iterable<Row> {
  return (number) => (number % oneOf === 4 ? rowsOf(number) : [])
}

function isPopular(number: number): boolean {
  return number % everyNthIsPopular === 7
}

function userId(number: number): string {
  return `u${String(number * 7 + 1_000_000_007)}`
}

function timeOf(random: Random, from: string, to: string): string {
  const two = (number: number) => String(number).padStart(2, '0')
  const on = isoDay(random.integer(day(from), day(to)))
  return `${on} ${two(random.integer(0, 23))}:${two(random.integer(0, 59))}:${two(random.integer(0, 59))}`
}

const nickHeads = ['爱吃', '迷路的', '不想上班的', '早起', '追风', '南方', '深夜', '圆圆', '橘色', '慢半拍']
const nickTails = ['小熊', '西瓜', '猫', '骑士', '鲸鱼', '柚子', '旅人', '土豆', '晚风', '吉他']
const openings = ['周末', '刚才', '昨天晚上', '这两天', '上个月', '早上出门', '下班以后', '说起来']
const middles = [
  '在公园里拍了几张照片，',
  '终于把那本书看完了，',
  '学着做了一道家常菜，',
  '看了一场球赛，',
  '把阳台收拾了一遍，',
  '试了新开的那家面馆，',
]
const closings = ['大家觉得怎么样？', '推荐给你们。', '下次还想再来。', '心情好了很多。', '有一起的吗？', '记录一下。']
const privately = [
  '你到家了吗，路上小心一点。',
  '明天几点见，还是老地方吗？',
  '那件事先别跟别人说。',
  '照片我看到了，拍得真好。',
  '谢谢你陪我聊这么久。',
]
