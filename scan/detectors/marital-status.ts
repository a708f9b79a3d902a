import { closedList } from './closed-list.ts'

/** Marital status in words. */
export const maritalStatus = closedList(
  'marital_status',
  'GB/T 2261.2, HL7 marital status',
  '已婚 未婚 离异 离婚 丧偶 初婚 再婚 复婚 单身 同居 married single divorced widowed separated never_married unmarried 其他 未知 unknown',
  { alone: true, confusedWith: 'tickets and rooms that are single; at least two values must be seen' },
)
