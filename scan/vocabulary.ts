/**
 * The words that stand in column and table names, by what they mean: English, Chinese, pinyin and pinyin initials.
 * A name is cut into whole words of this list; a word inside a longer one (`cid` in `acid`) is never found.
 */
export const vocabulary = {
  // whom a table or column is about
  patient: 'patient patients 患者 病人 就诊人 huanzhe bingren hz',
  person:
    'person persons people individual individuals citizen resident residents 人员 个人 本人 自然人 居民 公民 renyuan',
  subject: 'subject subjects participant participants subj usubj 受试者 参与者 shoushizhe',
  passenger: 'passenger passengers traveller traveler travellers guest guests 旅客 乘客 客人 入住人 lvke chengke',
  customer:
    'customer customers client clients cust buyer consumer subscriber borrower insured 客户 顾客 买家 投保人 被保险人 参保人 借款人 kehu',
  member: 'member members 会员 huiyuan',
  user: 'user users 用户 yonghu login username',
  student: 'student students pupil 学生 xuesheng',
  staff:
    'staff employee employees emp provider providers doctor doctors physician practitioner nurse clinician worker surgeon prescriber attending npi dea 员工 职工 雇员 医生 医师 护士 主治 经办人 操作员 yisheng yishi yuangong ysxm',
  relative:
    'contact guardian mother father spouse parent emergency kin relative beneficiary 联系人 监护人 家属 母亲 父亲 配偶 紧急 亲属 lxr jhr',
  owner: 'owner cardholder policyholder accountholder 持卡人 户主 车主',
  organisation:
    'organization organizations organisation organisations company companies hospital clinic facility institution institutions department departments dept org orgs payer payers insurer airline airlines airport airports manufacturer vendor supplier suppliers bank branch school university employer site sites ward carrier merchant shop store agency office publisher iata icao headquarters headquartered 医院 公司 单位 企业 机构 科室 部门 厂家 生产企业 生产厂家 供应商 航空公司 机场 银行 开户行 学校 病区 商户 店铺 组织 法人 yiyuan danwei keshi gongsi',
  thing:
    'product products goods sku item items plane planes aircraft vehicle vehicles model brand hotel project study file table column concept concepts vocabulary vocabularies domain relationship ontology term class tag flight flights route routes city_list feature holiday metadata source cdm schedule flightschedule weather supply supplies 商品 产品 货物 项目 航班 品牌 型号 车型 字典 目录 菜单 课程 shangpin chanpin',
  // what identifies
  nationalId:
    'nationalid idcard identitycard idcardno 身份证 身份证号 身份证号码 身份证件号 居民身份证 公民身份号码 证件号 证件号码 证件编号 sfz sfzh sfzhm sfzjh zjhm shenfenzheng shenfenzhenghao shenfenzhenghaoma identification identity',
  ssn: 'ssn socialsecurity 社保号 社保卡号 社会保障号 社保卡 医保号 医保卡号 医保卡 sbkh ybkh',
  insurance: 'insurance policy insuranceid memberid 医保 社保 保险 保单',
  passport: 'passport passportno 护照 护照号 护照号码 huzhao hzhm',
  permit: '通行证 通行证号 travelpermit hkpermit',
  driver: 'driver drivers driving 驾驶证 驾照 驾驶证号 jsz jszh',
  licence: 'licence license',
  mrn: 'mrn 病历号 病案号 住院号 门诊号 病历号码 病案号码 住院号码 门诊号码 住院编号 病案编号 blh bah zyh mzh binglihao zhuyuanhao menzhenhao inpatientno outpatientno admissionno',
  medicalRecord: 'medicalrecord',
  medical: 'medical med clinical health healthcare 医疗 健康',
  record: 'record records 记录',
  chart: 'chart',
  email: 'email emails mail emailaddress 邮箱 电子邮箱 邮件 电子邮件 邮箱地址 youxiang yx dzyx',
  mobile: 'mobile cellphone cell mobilephone mobileno 手机 手机号 手机号码 移动电话 sjh sjhm sj shouji shoujihao',
  phone:
    'phone phones telephone tel fax landline telno phoneno telephoneno 电话 电话号码 联系电话 联系方式 座机 固话 传真 lxdh dh dhhm dianhua lianxidianhua jtdh',
  name: 'name names nm fullname nickname 名称 名字 mc mingcheng',
  personName: '姓名 xm xingming hzxm brxm',
  first: 'first given fname forename firstname givenname middle middlename',
  last: 'last family surname lname maiden lastname familyname 姓氏',
  address:
    'address addresses addr street streets residence homeaddress 住址 地址 家庭住址 家庭地址 现住址 通讯地址 居住地址 户籍地址 联系地址 详细地址 街道 zz jtzz dz jtdz lxdz dizhi zhuzhi',
  plate: 'plate plateno licenseplate 车牌 车牌号 车牌号码 cph chepaihao',
  vin: 'vin 车架号 车辆识别代号',
  ip: 'ip ipaddress ipaddr',
  mac: 'mac macaddress',
  device: 'imei imsi udi deviceid deviceserial serialnumber 设备号 设备标识',
  card: 'card cardno cardnumber creditcard debitcard pan 银行卡 银行卡号 卡号 信用卡号 信用卡 yhk yhkh kh yinhangka',
  account: 'account accounts acct iban accountno 账号 账户 银行账号 银行账户 开户账号 zhanghao yhzh',
  password: 'password passwd pwd secret token apikey credential credentials cookie passphrase pin 密码 口令 令牌 mima',
  wechat: 'wechat weixin wxid openid unionid qq qqno 微信 微信号 wxh',
  biometric: 'biometric fingerprint faceid iris voiceprint faceimage facetemplate 指纹 人脸 虹膜 声纹 掌纹',
  // quasi-identifiers
  birth:
    'birth birthdate birthday dob brthdtc born birthdatetime birthdtc 出生 出生日期 出生年月 出生时间 生日 csrq csny chusheng chushengriqi',
  birthplace: 'birthplace hometown 籍贯 出生地 jg',
  death: 'death deathdate died deceased dod dth dthdtc dthfl 死亡 死亡日期 死亡时间 swrq',
  age: 'age ages ageu nianling 年龄 岁数 nl',
  sex: 'sex gender sexes 性别 xb xingbie',
  ethnicity: 'ethnicity ethnic race races 民族 种族 mz minzu',
  nationality: 'nationality citizenship 国籍 gj guoji',
  marital: 'marital marriage maritalstatus 婚姻 婚姻状况 婚否 hyzk hunyin',
  religion: 'religion religious faith 宗教 宗教信仰 信仰 zjxy',
  education: 'education educational degree 学历 文化程度 教育程度 学位 xl whcd',
  occupation: 'occupation job profession speciality specialty jobtitle 职业 职务 岗位 职称 工种 zy zhiye zhicheng',
  city: 'city town cities municipality 城市 所在城市 市 chengshi',
  region: 'state province county district region 省 省份 地区 区县 县 区 所在地 户籍 户籍地 shengfen diqu',
  country: 'country countries 国家 guojia',
  postal: 'zip zipcode postal postcode postalcode 邮编 邮政编码 yzbm yb youbian',
  latitude: 'lat latitude 纬度 weidu',
  longitude: 'lon lng long longitude 经度 jingdu',
  location: 'location coordinates coordinate gps geo 位置 坐标 定位 轨迹 track trajectory',
  // money
  income: 'income salary wage wages 收入 工资 薪资 年收入 月收入 gongzi shouru',
  finance:
    'cost costs totalcost amount payment payments expenses expense fee fees balance charge charges price coverage copay paid outstanding adjustments transfers loan credit debt deposit revenue transaction transactions claim claims billing billed spending spend premium 费用 金额 总费用 余额 支付 自付 单价 价格 缴费 消费 贷款 信用 存款 交易 fy je zfy feiyong jine',
  // health
  diagnosis:
    'diagnosis diagnoses diag dx icd icd10 icd9 condition conditions disease diseases disorder illness currentillness symptom symptoms complaint allergy allergies allergen reaction severity comorbidity tumor tumour cancer stage pathology problem problems adverse injury chiefcomplaint disability 诊断 诊断编码 诊断名称 主要诊断 疾病 疾病编码 疾病名称 病名 主诉 现病史 既往史 病史 家族史 个人史 过敏 过敏史 症状 病种 病情 并发症 手术史 zd zdmc zdbm jbmc jbbm zhenduan jibing',
  medication:
    'drug drugs medication medications medicine medicines prescription prescriptions dose dosage dosing atc ndc rxnorm sig refills vaccine vaccines immunization immunizations vaccination exposure dispense dispenses supplydays pharmacy 药 药品 药物 药品名称 药名 用药 用法 用量 剂量 处方 医嘱 疫苗 给药 ypmc yaopin yongyao chufang yizhu',
  lab: 'lab labs laboratory measurement measurements observation observations specimen loinc vital vitals glucose hba1c cholesterol bmi height weight blood pressure hemoglobin creatinine heartrate temperature biomarker assay labresult 检验 化验 检验结果 检验项目 检验值 检测 化验结果 血压 血糖 身高 体重 血型 体温 心率 标本 样本 收缩压 舒张压 血红蛋白 糖化血红蛋白 jyjg jyxm jyz jianyan',
  test: 'test tests testcd 试验',
  result: 'result results 结果 结果值 jg_result',
  procedure:
    'procedure procedures surgery surgeries operation operative treatment treatments intervention careplan careplans therapy anesthesia implant 手术 手术名称 手术编码 操作名称 治疗 术式 麻醉 ssmc shoushu',
  visit:
    'visit visits encounter encounters admission admissions admit admitted discharge discharged registration appointment inpatient outpatient hospitalization attendance visitnum visitdy encounterclass 就诊 入院 出院 门诊 住院 挂号 就诊类型 就诊科室 入院科室 出院科室 离院方式 jiuzhen',
  visitNo:
    '就诊号 就诊流水号 流水号 就诊编号 就诊id 挂号单号 挂号号 住院流水号 门诊流水号 visitno visitid encounterid encounterno admissionid registrationid jzh jzlsh lsh',
  imaging:
    'imaging image images radiology modality xray ct mri dicom ultrasound bodysite sop series seriesuid instanceuid 影像 影像所见 影像诊断 影像表现 检查部位 检查所见 检查结论 超声 放射 检查项目 检查类型 yxsj',
  note: 'note notes text texts comment comments remark remarks narrative summary memo message history linenote freetext 备注 病程 病程记录 小结 病历 病历内容 记录内容 内容 文本 出院小结 入院记录 主观描述 留言 说明 摘要 bz beizhu bingcheng',
  gene: 'gene genes genotype genome genomic snp rsid allele hla mutation exome chrom haplotype 基因 基因型 突变 位点 jiyin',
  allele: 'ref alt',
  // grammar of names
  id: 'id ids uuid guid identifier 编号 标识 bh bianhao 编码号 jid',
  no: 'no num number nr nbr 号 号码 号数 hao haoma xh',
  code: 'code codes cd 代码 编码 dm bm daima bianma',
  key: 'key sk pk',
  date: 'date dates dt day dtc 日期 ryrq cyrq jzrq rq riqi 日 年月',
  time: 'time times timestamp datetime ts hour 时间 sj_time shijian',
  year: 'year years yr 年份 年度 nf 年',
  month: 'month months 月份 月',
  start: 'start begin from started onset stdtc 开始 起始 ks',
  end: 'stop end to ended finish entdtc endtc 结束 终止 截止 js',
  created: 'created create updated update modified insert inserted register registered 创建 更新 修改 录入 登记',
  value: 'value values val orres stresc stresn 值 数值',
  description: 'description descriptions desc descr detail details 描述 详情 明细',
  reason: 'reason reasons cause causes 原因 死因',
  type: 'type types category categories kind 类型 类别 分类 lx lb leixing',
  status: 'status flag fl is valid invalid indicator enabled deleted 状态 标志 是否 zt bz_flag',
  unit: 'unit units 单位名 dw range low high operator qualifier 参考值 参考范围',
  system: 'system version utilization',
  title: 'title titles 标题 称谓 prefix suffix',
  concept_: 'conceptid',
  place: 'place 地点',
  ownership: 'ownership relation relations relationship_to 关系',
  home: 'home work personal current primary main secondary second old new total base 家庭 现 主要 原 当前 referring supervising other',
  quantity: 'quantity qty count counts days number_of 数量 次数 天数 seq sequence 序号',
} as const satisfies Record<string, string>

export type Word = keyof typeof vocabulary | 'unknown'

const meaning: ReadonlyMap<string, Word> = new Map(
  Object.entries(vocabulary).flatMap(([word, spellings]) =>
    spellings.split(/\s+/).map((spelling) => [spelling.replaceAll('_', ''), word as Word] as const),
  ),
)

/** Initials that many words share; alone they prove nothing, with values that agree they do. */
export const ambiguous: ReadonlySet<string> = new Set(
  'hz mz gj jg zy xl sj yx yb nl mc bh dm bm rq lx lb zt bz kh dh dz zz zd fy je xh dw ks js'.split(' '),
)

/** What a name says, word by word, digits at the end left out. `telephoneno` → phone, no. */
export function wordsOf(name: string): { readonly words: readonly Word[]; readonly raw: readonly string[] } {
  const raw = cut(name)
  return { raw, words: raw.map((part) => meaning.get(part) ?? 'unknown') }
}

function cut(name: string): string[] {
  const spaced = name
    .normalize('NFKC')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
  const parts = spaced.match(/[a-z]+\d*|\d+|[\u3400-\u9fff]+/g) ?? []
  return parts.flatMap((part) => {
    if (/^\d+$/.test(part)) return []
    if (meaning.has(part)) return [part]
    if (/^[\u3400-\u9fff]/.test(part)) return cutGlued(part, 1, true)
    const letters = part.replace(/\d+$/, '')
    if (letters === '') return []
    return meaning.has(letters) ? [letters] : cutGlued(letters, 3, false)
  })
}

// Latin words run together count only when the list covers them wholly; Chinese names may hold words we do not know.
function cutGlued(text: string, shortest: number, partly: boolean): string[] {
  const best: ({ readonly cost: number; readonly parts: readonly string[] } | undefined)[] = [{ cost: 0, parts: [] }]
  for (let end = 1; end <= text.length; end++) {
    for (let from = Math.max(0, end - 16); from < end; from++) {
      const before = best[from]
      if (before === undefined) continue
      const part = text.slice(from, end)
      const known =
        meaning.has(part) &&
        (part.length >= shortest ||
          (end === text.length && from > 3 && (part === 'id' || part === 'no' || part === 'dt' || part === 'cd')))
      if (!known && !(partly && part.length === 1)) continue
      const cost = before.cost + (known ? 1 : 3)
      if ((best[end]?.cost ?? Infinity) > cost) best[end] = { cost, parts: [...before.parts, part] }
    }
  }
  const whole = best[text.length]
  return whole === undefined ? [text] : [...whole.parts]
}
