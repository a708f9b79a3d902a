import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

/**
 * The words of a Chinese or mixed text, for an index and for what is looked up in it: `数据出境安全评估` becomes
 * `数据 出境 安全 评估`. Lower case, each word once, full-width forms made plain; punctuation and words that say nothing
 * are left out. The dictionary is the pinned package's own, so PGlite and PostgreSQL index the same words with their
 * `simple` configuration, whatever they know of Chinese. Changing the package's version means indexing anew.
 */
export function segment(text: string): readonly string[] {
  // Once more after lower case: a capital with its mark as two characters becomes one letter only now.
  const plain = text.normalize('NFKC').toLowerCase().normalize('NFKC')
  const words = jieba().cutForSearch(plain, false)
  return [...new Set(words.filter((word) => /[\p{L}\p{N}]/u.test(word) && !empty.has(word)))]
}

// Loaded when first asked for: the dictionary takes 0.2 s and 60 MB that a command without a search does not need.
let loaded: Jieba | undefined

function jieba(): Jieba {
  loaded ??= Jieba.withDict(dict)
  return loaded
}

/** Words that stand in nearly every question: particles, pronouns, polite forms. */
const empty: ReadonlySet<string> = new Set(
  (
    '的 了 吗 呢 吧 啊 和 与 及 或 是 在 有 对 将 被 把 从 到 向 于 以 为 我 你 您 他 她 它 们 这 那 个 些 就 也 都 还 要 会 能 可 请 问 ' +
    '我们 你们 他们 您好 请问 什么 怎么 如何 是否 需要 可以 应该 以及 或者 the a an of to and or is are in on for we our do does it'
  ).split(' '),
)
