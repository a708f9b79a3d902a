import { isPart } from '@tongguan/dossier/preparation/questions'
import type { Node } from '@tongguan/dossier/preparation/questions'
import type { Words } from '@tongguan/law'

/** The deepest place on the page that a finding is about; null where it is about none of them, such as the evidence. */
export function placeOf(nodes: readonly Node[], where: string): string | null {
  const [key = '', ...rest] = where.split('.')
  const node = nodes.find((one) => one.key === key)
  if (node === undefined) return null
  if (!isPart(node)) return key
  const [index = ''] = rest
  const member = node.each !== undefined && /^\d+$/.test(index) ? [key, index] : [key]
  const inner = placeOf(node.questions, where.split('.').slice(member.length).join('.'))
  return [...member, ...(inner === null ? [] : [inner])].join('.')
}

/** The way to a place in words; a number is a member's, counted from 1. */
export function labelOf(nodes: readonly Node[], place: string): readonly (Words | number)[] {
  const [key = '', ...rest] = place.split('.')
  const node = nodes.find((one) => one.key === key)
  if (node === undefined) return /^\d+$/.test(key) ? [Number(key) + 1, ...labelOf(nodes, rest.join('.'))] : []
  return [node, ...(isPart(node) && rest.length > 0 ? labelOf(node.questions, rest.join('.')) : [])]
}
