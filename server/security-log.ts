import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Words } from '@tongguan/law'
import type { Tables } from './records.ts'

/** What can happen to identities, in words for whoever must know. */
export const securityEventWords = {
  'sign-in.failed': { zh: '登录失败', en: 'a sign-in failed' },
  'sign-in.too-many': { zh: '登录尝试过多，已暂停', en: 'too many tries to sign in; paused' },
  'sign-in.code-wrong': { zh: '密码正确，第二因素不正确', en: 'the password was right, the second factor was not' },
  'sign-in.code-replayed': { zh: '已用过的验证码被再次使用', en: 'a code that was used already was used again' },
  'sign-in.passkey-refused': { zh: '通行密钥未通过核验', en: 'a passkey was not accepted' },
  'sign-in.provider-refused': { zh: '单点登录未通过核验', en: 'a single sign-on was not accepted' },
  'sign-in.done': { zh: '登录', en: 'signed in' },
  'session.ended': { zh: '会话已结束', en: 'a session ended' },
  'session.presented-after-end': {
    zh: '已结束的会话令牌被再次使用',
    en: 'the token of an ended session was used again',
  },
  'session.step-up-failed': { zh: '再次验证身份失败', en: 'proving who one is again failed' },
  'account.invited': { zh: '发出邀请', en: 'invited' },
  'account.invitation-withdrawn': { zh: '撤回邀请', en: 'an invitation was withdrawn' },
  'account.invitation-refused': { zh: '邀请链接已失效，被拒绝', en: 'an invitation that no longer holds was refused' },
  'account.joined': { zh: '接受邀请并建立账户', en: 'accepted the invitation; the account was made' },
  'account.role-changed': { zh: '角色变更', en: 'the role was changed' },
  'account.off-boarded': { zh: '离岗，账户停用', en: 'off-boarded' },
  'account.password-changed': { zh: '更改密码', en: 'the password was changed' },
  'factor.required-of-all': { zh: '要求全体成员使用第二因素', en: 'a second factor was required of every member' },
  'factor.left-to-roles': {
    zh: '第二因素改由角色决定',
    en: 'whether a second factor is asked for was left to the role',
  },
  'factor.added': { zh: '增加第二因素', en: 'a second factor was added' },
  'factor.removed': { zh: '移除第二因素', en: 'a second factor was removed' },
  'factor.recovery-codes-renewed': { zh: '生成新的恢复码', en: 'new recovery codes were made' },
  'factor.recovery-code-used': { zh: '使用恢复码', en: 'a recovery code was used' },
  'token.created': { zh: '创建服务令牌', en: 'a service token was made' },
  'token.revoked': { zh: '吊销服务令牌', en: 'a service token was revoked' },
  'token.refused': { zh: '服务令牌被拒绝', en: 'a service token was refused' },
} as const satisfies Record<string, Words>

export type SecurityEventKind = keyof typeof securityEventWords

export interface SecurityEvent {
  readonly kind: SecurityEventKind
  readonly at: Date
  /** Whose identity it is about, where that is known. */
  readonly userId?: string | null
  readonly organisationId?: string | null
  /** Who did it, where that is another person. */
  readonly by?: string | null
  /** Never a token, a password or a code. */
  readonly detail?: Readonly<Record<string, string | number>>
}

/** Writes it down. The organisation is that of the person it is about, unless one is named. */
export async function note(db: Kysely<Tables>, event: SecurityEvent): Promise<void> {
  const { kind, at, userId = null, by = null, detail = {} } = event
  await db
    .insertInto('security_event')
    .values({
      at,
      kind,
      user_id: userId,
      by_user: by,
      organization_id:
        event.organisationId ?? sql<string | null>`(select organization_id from auth_member where user_id = ${userId})`,
      detail: sql`${JSON.stringify(detail)}::jsonb`,
    })
    .execute()
}
