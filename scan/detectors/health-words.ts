// What prose is about, told by words: an illness spoken of, and whether the one who writes speaks of themselves. Not a
// detector of cells; the counts of a column carry both, and the verdict reads them.

const zh =
  '高血压 糖尿病 感冒 发烧 发热 咳嗽 头痛 头疼 头晕 胸闷 胸痛 腹痛 腹泻 便秘 恶心 呕吐 失眠 乏力 过敏 肺炎 支气管炎 哮喘 冠心病 心绞痛 心肌 心脏病 心律 脑梗 脑出血 中风 肝炎 肝硬化 胆囊炎 胆结石 胃炎 胃溃疡 肠炎 阑尾炎 肾炎 肾结石 尿毒症 贫血 白血病 肿瘤 癌 化疗 放疗 骨折 关节炎 腰椎 颈椎 痛风 甲亢 甲减 甲状腺 抑郁 焦虑 癫痫 湿疹 皮炎 荨麻疹 月经 怀孕 妊娠 流产 乳腺 子宫 前列腺 艾滋 梅毒 结核 症状 诊断 治疗 服药 用药 手术 住院 病史 患者 化验 血压 血糖 血脂 疼痛 炎症 感染 病毒 医生'
const en =
  'hypertension diabetes fever cough headache dizziness chest pain abdominal nausea vomiting insomnia fatigue allergy pneumonia asthma stroke hepatitis cirrhosis ulcer anemia leukemia tumor tumour cancer chemotherapy fracture arthritis depression anxiety epilepsy eczema pregnant symptom diagnos surgery admitted patient infection blood pressure prescri'

const list = (words: string) => `['${words.split(' ').join("','")}']`

/** Whether text `x` speaks of illness or care, as SQL; short cells are codes and names, not prose. */
export const speaksOfHealth = (x: string): string =>
  `(lengthUTF8(${x}) >= 8 AND (multiSearchAny(${x}, ${list(zh)}) OR (match(${x}, '[A-Za-z] [A-Za-z]') AND multiSearchAnyCaseInsensitive(${x}, ${list(en)}))))`

/** Whether the writer of text `x` speaks of themselves or theirs, as SQL. */
export const speaksOfSelf = (x: string): string =>
  `(lengthUTF8(${x}) >= 8 AND match(${x}, '我|本人|俺|自己的|(^|[^A-Za-z])(I|my|My|me|I.m)([^A-Za-z]|$)'))`
