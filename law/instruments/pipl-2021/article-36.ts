import type { Rule } from '../../matter.ts'
import { reason } from '../../matter.ts'

/**
 * Articles 36 and 37: state organs, and bodies that manage public affairs by law (个人信息保护法).
 *
 * Personal information a state organ processes is stored in China; what must truly go abroad is assessed, whatever the
 * number. The same holds for a body the law has authorised to manage public affairs, as far as it processes for that
 * task. Whether the exemptions of 2024 reach them is open, so the assessment stands and a person must confirm.
 */
export const stateOrgan: Rule = ({ handler, flow }) => {
  if (!flow.personalInformation) return null
  if (handler.publicBody === 'state-organ') {
    return {
      path: 'assessment',
      certainty: 'contested',
      because: [
        reason(
          { instrument: 'pipl-2021', article: 36 },
          { publicBody: handler.publicBody, containsPersonalInformation: true },
          '国家机关处理的个人信息应当在境内存储，确需向境外提供的应当进行安全评估；是否适用豁免情形尚不明确，应由人工确认',
          'Personal information of a state organ stays in China; what must truly go abroad is assessed. Whether exemptions reach it is open: a person must confirm',
        ),
      ],
    }
  }
  if (handler.publicBody !== 'authorised-body' || !flow.statutoryTask) return null
  return {
    path: 'assessment',
    certainty: 'contested',
    because: [
      reason(
        { instrument: 'pipl-2021', article: 37 },
        { publicBody: handler.publicBody, legalBasis: 'statutory' },
        '法律、法规授权的具有管理公共事务职能的组织为履行法定职责处理个人信息，适用关于国家机关的规定，应当进行安全评估',
        'A body authorised to manage public affairs, processing for that task, is treated as a state organ: assessment',
      ),
    ],
  }
}
