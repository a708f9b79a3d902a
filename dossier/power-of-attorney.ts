import type { Words } from '@tongguan/law'
import type { Answers } from './answers.ts'
import { answer, fields, paragraph, title, w } from './blocks.ts'
import type { Block, Sheet } from './blocks.ts'
import type { Filing } from './filing.ts'
import { seals } from './form.ts'
import { dateText } from './words.ts'

/** The agent's power of attorney (Guide v3, annex 2), to be sealed and signed by two persons. */
export function powerOfAttorney(answers: Answers, filing: Filing): Sheet {
  return {
    style: 'form',
    name: w('经办人授权委托书', 'Power of attorney for the agent'),
    blocks: [title(w('经办人授权委托书', 'Power of attorney')), ...powerOfAttorneyBlocks(answers, filing)],
  }
}

const attorneyMatters: Readonly<Record<Filing, Words>> = {
  assessment: w('数据出境安全评估申报工作', 'the declaration for the security assessment'),
  extension: w('延长评估结果有效期申请工作', 'the application to extend the result'),
  'standard-contract': w('个人信息出境标准合同备案工作', 'the filing of the standard contract'),
}

export function powerOfAttorneyBlocks(
  { handler, legalRepresentative, agent }: Answers,
  filing: Filing,
): readonly Block[] {
  const none = w('无', 'none')
  return [
    fields([
      [w('委托单位', 'Principal'), answer('handler.name', handler.name)],
      [
        w('法定代表人', 'Legal representative'),
        legalRepresentative ? answer('legalRepresentative.name', legalRepresentative.name) : none,
      ],
      [
        w('法定代表人证件号码', 'Identity number'),
        legalRepresentative ? answer('legalRepresentative.idNumber', legalRepresentative.idNumber) : none,
      ],
      [w('受托人（本单位经办人）', 'Agent (of our own staff)'), answer('agent.name', agent.name)],
      [w('受托人证件号码', 'Identity number'), answer('agent.idNumber', agent.idNumber)],
      [w('委托事项', 'Matter'), attorneyMatters[filing]],
      [
        w('授权委托期限', 'Term'),
        w(
          `${dateText(agent.authorisedFrom)}至${dateText(agent.authorisedTo)}`,
          `${agent.authorisedFrom} to ${agent.authorisedTo}`,
        ),
      ],
      [w('转委托', 'Delegation'), w('受托人无转委托权', 'the agent may not delegate')],
    ]),
    paragraph(
      w(
        '受托人在授权范围和期限内办理的事项、签署和上传的材料，委托单位均予承认并承担责任。',
        'What the agent does, signs and uploads within this authority is acknowledged by the principal, who answers for it.',
      ),
    ),
    ...seals(
      w('单位名称（盖章）：', 'Principal (seal):'),
      w('法定代表人（签字）：', 'Legal representative (signature):'),
      w('经办人（签字）：', 'Agent (signature):'),
      w('日期：', 'Date:'),
    ),
  ]
}
