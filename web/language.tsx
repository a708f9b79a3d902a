import type { Words } from '@tongguan/law'
import { createContext, use, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { Locale } from 'antd/es/locale'
import { zh } from './words/zh.ts'
import type { Catalogue } from './words/zh.ts'

export type Language = 'zh' | 'en'

/** What a page needs to speak: its texts, a text of the server's in the reader's language, and a way to change it. */
export interface Speech {
  readonly language: Language
  readonly t: Catalogue
  readonly of: (words: Words) => string
  readonly change: (language: Language) => void
}

const SpeechContext = createContext<Speech | undefined>(undefined)

export function useSpeech(): Speech {
  const speech = use(SpeechContext)
  if (speech === undefined) throw new Error('useSpeech outside of Speaks')
  return speech
}

const tags = { zh: 'zh-CN', en: 'en-US' } as const satisfies Record<Language, string>

/** Provides the language; English and antd's own texts are fetched only by those who read them. */
export function Speaks({ first, children }: { first: Loaded; children: (locale: Locale) => ReactNode }) {
  const [loaded, setLoaded] = useState(first)
  const { language, catalogue, locale } = loaded
  useEffect(() => {
    document.documentElement.lang = tags[language]
  }, [language])
  const change = (next: Language) => {
    localStorage.setItem('tongguan.language', next)
    void loadLanguage(next).then(setLoaded)
  }
  const speech: Speech = { language, t: catalogue, of: (words) => words[language], change }
  return <SpeechContext value={speech}>{children(locale)}</SpeechContext>
}

export interface Loaded {
  readonly language: Language
  readonly catalogue: Catalogue
  readonly locale: Locale
}

export async function loadLanguage(language: Language): Promise<Loaded> {
  if (language === 'zh') return { language, catalogue: zh, locale: (await import('antd/es/locale/zh_CN')).default }
  const [{ en }, locale] = await Promise.all([import('./words/en.ts'), import('antd/es/locale/en_US')])
  return { language, catalogue: en, locale: locale.default }
}

/** The reader's own choice, else the first of the browser's languages that we speak, else Chinese. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem('tongguan.language')
  if (chosen === 'zh' || chosen === 'en') return chosen
  const spoken = navigator.languages.map((tag) => tag.toLowerCase().slice(0, 2))
  return spoken.find((tag): tag is Language => tag === 'zh' || tag === 'en') ?? 'zh'
}
