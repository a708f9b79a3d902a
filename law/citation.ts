/** Where a rule stands. Data, never prose: words are made where someone reads them. */
export interface Citation {
  /** Folder name under `law/instruments/`, e.g. `measures-2022`, `provisions-2024`, `pipl-2021`. */
  readonly instrument: InstrumentId
  /** The article; in an annex its section. 0 where the instrument, or the annex, is meant as a whole. */
  readonly article: number
  /** `3` of a guide (附件3), `B` of a standard (附录B); empty for the only annex. */
  readonly annex?: string
  readonly paragraph?: number
  readonly item?: number
}

/** The instruments this rule set knows. */
export type InstrumentId =
  | 'measures-2022' // 数据出境安全评估办法, CAC Order 11
  | 'provisions-2024' // 促进和规范数据跨境流动规定, CAC Order 16
  | 'contract-measures-2023' // 个人信息出境标准合同办法, CAC Order 13
  | 'certification-measures-2026' // 个人信息出境认证办法, CAC and SAMR Order 20
  | 'network-data-regulations-2025' // 网络数据安全管理条例, State Council Order 790
  | 'pipl-2021' // 个人信息保护法
  | 'dsl-2021' // 数据安全法
  | 'csl-2017' // 网络安全法, as in force to 2025-12-31
  | 'csl-2026' // 网络安全法, as amended, from 2026-01-01
  | 'filing-guide-2024' // 个人信息出境标准合同备案指南（第二版）
  | 'answers-2025-04' // 数据出境安全管理政策问答（2025年4月）
  | 'answers-2025-05' // 数据出境安全管理政策问答（2025年5月）
  | 'answers-2026-07' // 数据出境安全管理政策问答（2026年7月）
  | 'licensing-law-2004' // 行政许可法
  | 'holidays-regulation-2025' // 全国年节及纪念日放假办法, as amended 2024-11-10
  | 'audit-measures-2025' // 个人信息保护合规审计管理办法, CAC Order 18
  | 'miit-risk-rules-2024' // 工业和信息化领域数据安全风险评估实施细则（试行）
  | 'miit-incident-plan-2024' // 工业和信息化领域数据安全事件应急预案（试行）
  | 'automobile-rules-2021' // 汽车数据安全管理若干规定（试行）
  | 'automobile-guide-2026' // 汽车数据出境安全指引（2026版）
  | 'finance-guide-2025' // 促进和规范金融业数据跨境流动合规指南
  | 'bank-insurance-measures-2024' // 银行保险机构数据安全管理办法
  | 'health-population-2014' // 人口健康信息管理办法（试行）
  | 'health-big-data-2018' // 国家健康医疗大数据标准、安全和服务管理办法（试行）
  | 'credit-reporting-2013' // 征信业管理条例
  | 'gbt-35273-2020' // 信息安全技术 个人信息安全规范
  | 'gbt-45574-2025' // 数据安全技术 敏感个人信息处理安全要求
  | 'gbt-43697-2024' // 数据安全技术 数据分类分级规则
  | 'beijing-zone-list-2024' // 北京自由贸易试验区数据出境负面清单（2024版）
  | 'gbt-39725-2020' // 信息安全技术 健康医疗数据安全指南
  | 'sensitive-guide-2024' // 网络安全标准实践指南——敏感个人信息识别指南, TC260-PG-20244A
  | 'biosecurity-law-2021' // 生物安全法
  | 'genetic-resources-2019' // 人类遗传资源管理条例
  | 'genetic-resources-rules-2023' // 人类遗传资源管理条例实施细则
  | 'gba-contract-2023' // 粤港澳大湾区（内地、香港）个人信息跨境流动标准合同实施指引
  | 'answers-2025-10' // 数据出境安全管理政策问答（2025年10月）
  | 'answers-2026-01' // 数据出境安全管理政策问答（2026年1月）
  | 'guide-2022' // 数据出境安全评估申报指南（第一版）
  | 'guide-2024' // 数据出境安全评估申报指南（第二版）
  | 'miit-data-measures-2023' // 工业和信息化领域数据安全管理办法（试行）
  | 'guide-2025' // 数据出境安全评估申报指南（第三版）
  | 'civil-code-2021' // 民法典
  | 'state-secrets-law-2024' // 保守国家秘密法
  | 'export-control-law-2020' // 出口管制法
  | 'surveying-law-2017' // 测绘法

/** How surely a rule's wording is known (law.md section 0). The weakest of an answer's rules is the answer's. */
export type Certainty = 'primary' | 'secondary' | 'memory' | 'contested' | 'asserted-by-handler'

/** One reason of an answer: the article, the facts it looked at, and the sentence in both languages. */
export interface Reason extends Citation {
  readonly facts: Readonly<Record<string, FactValue>>
  readonly zh: string
  readonly en: string
}

export type FactValue = string | number | boolean | Bounds | null

/** A count of distinct persons that is known only within bounds. `lower <= point <= upper`. */
export interface Bounds {
  readonly lower: number
  readonly point: number
  readonly upper: number
}

/** A text in both languages. */
export interface Words {
  readonly zh: string
  readonly en: string
}
