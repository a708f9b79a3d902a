// Tables of hospitals as their systems hold them; the notation is told in notation.ts.
import { tables } from './notation.ts'

export const hospital = tables(`
# his/mz_ghjl.csv
? ghlsh 2025######; ! brid person_id/medical_record_no P#######; ! brxm name name; + brxb sex sexZh; + csrq birth_date born;
! sfzhm national_id id; ! lxdh mobile/phone mobile; - ghks 内科|外科|儿科|骨科; - kslx 1|2; * ghf transaction/finance ##.00;
+ ghsj event_date time; - ghzt 0|1|9
# his/住院病人主索引.csv
! 住院号 medical_record_no ZY######; ! 患者姓名 name name; + 性别 sex sexZh; + 年龄(岁) age age; ! 现住址 address address;
! 联系人 name name; ! 联系人电话 mobile/phone mobile; ? 与患者关系 配偶|子女|父母; * 入院诊断 diagnosis dx;
+ 入院时间 event_date time; - 床位数 ##; ! 管床医生 staff_name name; - 科室编码 KS###
# lis/lab_result.csv
? sampleNo S#########; ! patientId person_id/medical_record_no P#######; - itemCode ALT|AST|GLU|CREA; * resultValue lab_result ##.#;
- unit U/L|mmol/L; - referenceRange 0-40|3.9-6.1; * abnormalFlag lab_result H|L|N; + sampleTime event_date time;
! reporterName staff_name name; ! checkerName staff_name name; - instrumentCode AU####; - reagentLot L######
# emr/progress_note.csv
! mrn medical_record_no ########; ! pt_nm name enName; + dob birth_date born; + sex sex sexEn; * cc clinical_note/free_text/diagnosis note;
* hpi clinical_note/free_text/diagnosis note; * pmh clinical_note/diagnosis/free_text note; * allergies allergy penicillin|none|seafood; * dx_code diagnosis icd;
+ adm_dt event_date date; + dc_dt event_date date; - ward_cd W##; - doc_ver #; ! attending staff_name enName
# his/处方明细.csv
? 处方号 CF########; ! 就诊卡号 person_id/medical_record_no/insurance_id ##########; ! 姓名 name name; * 药品名称 medication 阿莫西林胶囊|二甲双胍片|氨氯地平片;
- 规格 0.25g*24粒|0.5g*20片; * 用法用量 medication 口服一日三次|一日一次; - 单价 ##.##; - 数量 #; * 临床诊断 diagnosis dx; ! 开方医生 staff_name name;
! 医生工号 person_id #####; + 开方日期 event_date date; - 药房编码 YF##
# pacs/exam_report.csv
? studyUid 1.2.840.####.####; ! patName name pinyin; + patSex sex sexEn; + patAge age age; - modality CT|MR|DR|US; - bodyPart CHEST|HEAD|KNEE;
* findings imaging_report/clinical_note/free_text note; * impression imaging_report/clinical_note/diagnosis/free_text dx; + studyDate event_date date;
! radiologist staff_name enName; - deviceModel SOMATOM|Ingenia; - seriesCount #
# physical/体检登记.csv
! 体检号 person_id/medical_record_no TJ#######; ! 受检者 name name; ! 证件号码 national_id id; + 婚姻 marital_status 已婚|未婚; ! 单位电话 phone landline;
+ 工作单位 employer 某某机械厂|某某中学; * 身高 vital_sign/lab_result 1##; * 体重 vital_sign/lab_result ##.#; * 收缩压 vital_sign/lab_result 1##; * 舒张压 vital_sign/lab_result ##;
* 血型 lab_result/diagnosis A|B|O|AB; * 总检结论 diagnosis/clinical_note/lab_result dx; - 套餐编码 TC##; - 套餐价格 ###
# nobody/drug_dict.csv
- ypbm YP#####; - ypmc 阿莫西林胶囊|二甲双胍片|氨氯地平片; - gg 0.25g*24粒|0.5g*20片; - sccj 某某制药有限公司|某某药业; - pzwh 国药准字H########;
- lsj ##.##; - pfj ##.##; - kcl ###; - jx 片剂|胶囊; - sxrq date; - zt 0|1; - create_time time
`)
