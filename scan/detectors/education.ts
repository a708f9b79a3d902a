import { closedList } from './closed-list.ts'

/** Level of education in words. */
export const education = closedList(
  'education',
  'GB/T 4658',
  '小学 初中 高中 中专 中技 技校 职高 大专 专科 大学专科 本科 大学本科 学士 硕士 硕士研究生 研究生 博士 博士研究生 博士后 文盲 半文盲 文盲或半文盲 其他 初中及以下 高中及以下 本科及以上 bachelor bachelors master masters doctorate phd PhD high_school primary secondary illiterate',
  { alone: true, confusedWith: 'levels of schools and courses; the table settles it' },
)
