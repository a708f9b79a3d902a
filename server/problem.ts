import type { Words } from '@tongguan/law'
import type { NextStep, Problem, TimelineEvent } from './contract/client.ts'
import { problems } from './problems.ts'
import type { ProblemCode } from './problems.ts'

/** What the body of a problem holds beside the sentence. */
export interface More {
  readonly fields?: readonly { readonly field: string; readonly message: string }[]
  readonly possible?: readonly NextStep[]
  readonly since?: readonly TimelineEvent[]
  readonly sequence?: number
  readonly retryAfterSeconds?: number
  /** The code of the refusal behind it, where that is the finer one. */
  readonly code?: string
}

/** Ends a request with a problem; thrown anywhere, answered in one place. */
export class RequestProblem extends Error {
  readonly problemCode: ProblemCode
  readonly words: Words
  readonly more: More

  constructor(code: ProblemCode, facts: Readonly<Record<string, string | number | Words>> = {}, more: More = {}) {
    const words = fill(problems[code], facts)
    super(words.en)
    this.name = 'RequestProblem'
    this.problemCode = code
    this.words = words
    this.more = more
  }
}

/** The body of RFC 9457, in the language asked for. */
export function problemBody(problem: RequestProblem, language: keyof Words, instance: string): Problem {
  const { code = problem.problemCode, ...more } = problem.more
  const { status } = problems[problem.problemCode]
  return {
    type: `urn:tongguan:problem:${code}`,
    title: titles[status][language],
    status,
    detail: problem.words[language],
    instance,
    code,
    words: problem.words,
    ...more,
  }
}

/** The first of zh and en that Accept-Language names, weighed as it says; Chinese when it names neither. */
export function languageOf(accept: string | undefined): keyof Words {
  const named = (accept ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const q = parameters.find((parameter) => parameter.trim().startsWith('q='))
      return { language: tag.split('-')[0], weight: q === undefined ? 1 : Number(q.trim().slice(2)) }
    })
    .filter(({ language, weight }) => (language === 'zh' || language === 'en') && weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return named[0]?.language === 'en' ? 'en' : 'zh'
}

const titles = {
  400: { zh: '请求有误', en: 'Malformed request' },
  401: { zh: '请登录', en: 'Sign in' },
  403: { zh: '无权操作', en: 'Not allowed' },
  404: { zh: '没有找到', en: 'Not found' },
  409: { zh: '此时不能进行', en: 'Cannot follow now' },
  412: { zh: '内容已有变化', en: 'Changed since' },
  413: { zh: '内容过大', en: 'Too large' },
  415: { zh: '内容类型不对', en: 'Wrong media type' },
  422: { zh: '内容不符合要求', en: 'Does not fit' },
  428: { zh: '缺少版本', en: 'Version missing' },
  429: { zh: '尝试过多', en: 'Too many tries' },
  500: { zh: '服务器故障', en: 'Something broke' },
  503: { zh: '暂不可用', en: 'Not available' },
} as const satisfies Record<(typeof problems)[ProblemCode]['status'], Words>

function fill({ zh, en }: Words, facts: Readonly<Record<string, string | number | Words>>): Words {
  const inside = (text: string, language: keyof Words) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const fact = facts[name]
      if (fact === undefined) return whole
      return typeof fact === 'object' ? fact[language] : String(fact)
    })
  return { zh: inside(zh, 'zh'), en: inside(en, 'en') }
}
