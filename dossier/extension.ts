import type { Answers, ExtensionAnswers } from './answers.ts'
import { answer, fields, h1, h2, paragraph, title, w } from './blocks.ts'
import type { Sheet, Text } from './blocks.ts'
import { ownPaperNames } from './filing.ts'
import { seals } from './form.ts'
import { yesNo } from './words.ts'

/** The application to extend a result (延长评估结果有效期申请表, Guide v3, annex 5). */
export function extensionApplication(answers: Answers, extension: ExtensionAnswers): Sheet {
  const name = ownPaperNames['extension-application']
  const growth = (percent: number | null): Text => (percent === null ? w('不涉及', 'not concerned') : `${percent}%`)
  return {
    style: 'form',
    name,
    blocks: [
      title(name),
      h1(w('一、基本情况', '1. Basics')),
      fields([
        [w('单位名称', 'Data handler'), answer('handler.name', answers.handler.name)],
        [
          w('原申报项目受理编号', 'Acceptance number of the project'),
          answer('extension.acceptanceNo', extension.acceptanceNo),
        ],
        [w('评估结果有效期至', 'Result valid until'), extension.lastDay],
        [w('法律文件符合《办法》第九条', 'Legal document meets art. 9'), yesNo(extension.legalDocumentMeetsArticle9)],
      ]),
      h1(w('二、数据出境场景', '2. Export scenarios')),
      ...extension.scenarios.flatMap((scenario, index) => [
        h2(
          w(
            `场景${index + 1}：${answers.scenarios.find(({ id }) => id === scenario.id)?.name ?? scenario.id}`,
            `Scenario ${index + 1}: ${scenario.id}`,
          ),
        ),
        fields([
          [w('目的、范围等未发生变化', 'Purpose and scope unchanged'), yesNo(scenario.purposeAndScopeUnchanged)],
          [
            w('数据处理者、境外接收方等未发生变化', 'Handler and recipient unchanged'),
            yesNo(scenario.partiesUnchanged),
          ],
          [
            w('未来三年个人信息自然人数量较获批数量增幅', 'Growth of persons over the approved number'),
            growth(scenario.personsGrowthPercent),
          ],
          [
            w('未来三年重要数据规模较获批规模增幅', 'Growth of important data over the approved size'),
            growth(scenario.importantDataGrowthPercent),
          ],
          [
            w('链路、存储系统、数据中心未发生变化', 'Link and storage unchanged'),
            yesNo(scenario.linkAndStorageUnchanged),
          ],
          [
            w('境外接收方处理数据的用途、方式未发生变化', "Recipient's use and manner unchanged"),
            yesNo(scenario.recipientUseUnchanged),
          ],
        ]),
      ]),
      h1(w('三、其他情况', '3. Other')),
      fields([
        [w('变化情况说明', 'Changes'), answer('extension.changes', extension.changes)],
        [w('安全保障措施', 'Safeguards'), answer('extension.safeguards', extension.safeguards)],
        [
          w('境外接收方履约情况', "The recipient's performance"),
          answer('extension.recipientPerformance', extension.recipientPerformance),
        ],
        [
          w('落实评估结果通知书要求情况', 'Result notice complied with'),
          answer('extension.noticeKept', extension.noticeKept),
        ],
        [
          w('重大安全事件、处罚、调查情况', 'Major incidents, penalties, investigations'),
          extension.majorIncidents === null
            ? w('无', 'none')
            : answer('extension.majorIncidents', extension.majorIncidents),
        ],
      ]),
      h1(w('四、承诺', '4. Undertaking')),
      paragraph(
        w(
          `${answers.handler.name}承诺：所填内容和所附材料真实、完整、准确、有效，并对有关工作予以配合。如有不实或违背，愿承担相应法律责任。`,
          `${answers.handler.name} undertakes that what is stated and attached is true, complete, accurate and valid, and will cooperate; it answers in law for any untruth or breach.`,
        ),
      ),
      ...seals(w('单位名称（盖章）：', 'Handler (seal):'), w('日期：', 'Date:')),
    ],
  }
}
