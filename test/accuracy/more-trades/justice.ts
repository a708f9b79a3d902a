// Tables of courts, police-like registers, social security and tax as their systems hold them; the notation is told in trades/notation.ts.
import { tables } from '../trades/notation.ts'

export const justice = tables(`
# court/案件当事人.csv
- 案号 (2023)京0105民初####号; ! 当事人 name name; ! 公民身份号码 national_id id; - 诉讼地位 原告|被告; ! 委托代理人 name/staff_name name; ? 案由 民间借贷纠纷|离婚纠纷; * 诉讼标的额 transaction/finance/credit_info/any amount; + 立案日期 event_date date; ! 送达地址 address address; ! 送达电话 mobile/phone mobile; ! 承办法官 staff_name/name name; * 是否失信被执行人 credit_info/criminal_suspicion 是|否
# prison/服刑人员.csv
! 罪犯编号 person_id ##########; ! 姓名 name name; ? 别名 无; ! 身份证 national_id id; * 罪名 criminal_suspicion 盗窃罪|诈骗罪; * 刑期 criminal_suspicion 三年|五年六个月; ? 原判法院 某某市中级人民法院; + 入监日期 event_date date; * 前科 criminal_suspicion 有|无; ? 指纹编号 ZW########; * 健康状况 diagnosis/vital_sign 健康|患有高血压; ! 家属联系方式 mobile/phone mobile
# traffic/jtwf.csv
? wfbh ################; ! dsr name name; ! jszh driver_licence/national_id id; ! hphm plate plate; * wfxw criminal_suspicion/any 闯红灯|超速|酒驾; + wfsj event_date time; - wfdd 建国路某某路口|二环东段; * fkje transaction/finance/criminal_suspicion ###; * wfjfs criminal_suspicion/any 3|6|12; ! zqmj staff_name/name name; - cljg 110105######
# social/社保缴费.csv
! 社会保障号码 social_security_no/national_id id; ! 姓名 name name; + 参保单位 employer 某某科技有限公司|某某商贸; * 缴费基数 income #####; * 个人缴纳 income/finance/transaction ###.##; - 险种 养老|医疗|失业; - 费款所属期 2023##; + 参保日期 event_date date; ? 人员状态 在职|退休; * 个人账户余额 balance/finance amount
# medinsure/医保结算.csv
! 人员编号 person_id/insurance_id ############; ! 参保人姓名 name name; - 医疗类别 普通门诊|住院; * 主诊断编码 diagnosis icd; * 主诊断名称 diagnosis dx; + 入院日期 event_date date; + 出院日期 event_date date; * 医疗费总额 transaction/finance amount; * 统筹支付 transaction/finance amount; * 个人自付 transaction/finance amount; ! 经治医师 staff_name/name name; ? 定点机构 某某医院; * 慢病病种 diagnosis 高血压|糖尿病
# tax/grsds.csv
! nsrsbh national_id/person_id/any id; ! nsrxm name name; ? kjywrmc 某某科技有限公司|某某商贸; * srze income salary; * ynse income/finance/transaction ####.##; - skssq 2023##; * zxfjkc income/finance/any ####; ! pexm name name; ! pesfzh national_id id; ? znrs #; ? zfdkbh DK##########
# civil/婚姻登记.csv
- 登记证字号 J110105-2023-######; ! 男方姓名 name name; ! 男方身份证号 national_id id; ! 女方姓名 name name; ! 女方身份证号 national_id id; + 登记日期 event_date date; ? 登记类型 结婚|离婚; + 女方国籍 nationality 中国|荷兰; ! 登记员 staff_name/name name; + 结婚照 photo/biometric base64; + 男方职业 occupation 教师|工人
# hotline/12345工单.csv
? 工单号 ############; ! 诉求人 name name; ! 来电号码 mobile/phone mobile; + 诉求内容 free_text sentence; ! 诉求地址 address address; - 承办单位 某某街道办|某某区城管局; + 来电时间 event_date time; + 办理结果 free_text/any sentence; - 是否满意 满意|不满意; - 匿名 是|否; ! 话务员 staff_name/name name
# nobody/agency.csv
- org_code 11110105########; - org_name 某某街道办事处|某某区税务局; - org_level 3|4; - office_tel landline; - office_addr 行政中心一号楼|政务大厅二层; - window_no ##; - open_hours 9:00-17:00; - biz_count ####; - parent_code 1111####; - legal_basis 行政许可法|社会保险法
`)
