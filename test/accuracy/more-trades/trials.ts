// Tables of clinical trials, registries and safety databases as their systems hold them; the notation is told in trades/notation.ts.
import { tables } from '../trades/notation.ts'

export const trials = tables(`
# edc/DM.csv
- STUDYID ABC-101; ! USUBJID subject_id/person_id ABC-101-01-###; ! SUBJID subject_id/person_id 01-###; ? SITEID 01|02; ! INVNAM staff_name/name enName; + BRTHDTC birth_date born; + AGE age age; ? AGEU YEARS; + SEX sex sexEn; + RACE race_ethnicity/ethnicity ASIAN|WHITE; + ETHNIC race_ethnicity/ethnicity HISPANIC|NOT_HISPANIC; + COUNTRY country/nationality CHN|NLD; ? ARMCD TRT|PBO; + RFSTDTC event_date date; * DTHFL death Y|N
# edc/AE.csv
! USUBJID subject_id/person_id ABC-101-01-###; - AESEQ #; * AETERM diagnosis Headache|Nausea|Rash; * AEDECOD diagnosis Headache|Nausea|Rash; * AEBODSYS diagnosis Nervous_system_disorders|Gastrointestinal_disorders; * AESEV diagnosis/any MILD|SEVERE; ? AESER Y|N; ? AEREL RELATED|NOT_RELATED; + AESTDTC event_date date; + AEENDTC event_date date; * AEOUT diagnosis/any RECOVERED|FATAL
# edc/LB.csv
! USUBJID subject_id/person_id ABC-101-01-###; ? LBTESTCD ALT|AST|HGB; * LBORRES lab_result ##.#; ? LBORRESU U/L|g/L; ? LBSTNRLO #; ? LBSTNRHI ##; * LBNRIND lab_result/any HIGH|NORMAL; + LBDTC event_date iso; ? VISIT SCREENING|WEEK_4; ? LBSPEC SERUM|BLOOD
# safety/icsr.csv
- safetyreportid CN-ABC-######; + patientinitial name/name_part A.B.|C.D.|X.Y.; + patientonsetage age ##; + patientsex sex 1|2; * reactionmeddrapt diagnosis Pyrexia|Anaphylaxis; * medicinalproduct medication Aspirin|Metformin; - drugcharacterization 1|2; * drugindication diagnosis Hypertension|Pain; ! reporterfamilyname last_name/name last; ? reporterqualification 1|2; * narrativeincludeclinical clinical_note/free_text note; + receivedate event_date date
# screening/筛选入选表.csv
! 受试者编号 subject_id/person_id S#####; ! 姓名缩写 name/name_part/first_name/last_name ZHSA|LIMI|WAXI; + 性别 sex sexZh; + 出生年月 birth_date 1960-0#|1975-1#; + 知情同意日期 event_date date; * 入选诊断 diagnosis 非小细胞肺癌|胃腺癌; * ECOG评分 vital_sign/lab_result/diagnosis/any 0|1|2; * 病理分期 diagnosis IIIA|IV; - 是否入组 是|否; - 随机号 R####; ! 研究者 staff_name/name name; * EGFR突变 genotype/lab_result/gene_variant 19del|L858R|野生型
# registry/rare_disease.csv
? registry_id RD######; ! pt_name name name; ! pt_idno national_id id; * orpha_code diagnosis ORPHA:###|ORPHA:####; * disease_cn diagnosis 庞贝病|戈谢病; + onset_age age ##; * gene_symbol genotype GAA|GBA1; * hgvs_c genotype c.####G>A; * family_hx family_history/diagnosis Y|N; ! mother_name name name; * treatment medication/procedure 酶替代|支持治疗; + last_fu_date event_date date; * vital_status death alive|deceased
# biobank/样本清单.csv
- 样本编码 BB#######; ! 供者编号 subject_id/person_id D#####; - 样本类型 血浆|组织|DNA; - 体积(ml) #.#; - 冻存位置 F1-R2-##; + 采集时间 event_date time; ! 采集人 staff_name/name name; * 供者诊断 diagnosis dx; ? 血型 A|B|O|AB; * HIV抗体 lab_result/diagnosis 阴性|阳性; - 冻融次数 #
# pro/questionnaire.csv
! subject_no subject_id/person_id ###-###; * phq9_total lab_result/diagnosis/vital_sign/any ##; * gad7_score lab_result/diagnosis/vital_sign/any ##; * sleep_quality lab_result/diagnosis/vital_sign/any good|poor; ? smoking_status never|current; ? alcohol_use weekly|never; * pregnancy_status diagnosis/any yes|no; ? sexual_activity active|none; + completed_on event_date date; * comments free_text/clinical_note note
# nobody/site_list.csv
- site_no ##; - site_name 某某大学附属医院|某某肿瘤中心; - ethics_board_ref IRB-####; - country_code CN|NL; - planned_n ###; - actual_n ##; - activation_date date; - cro Acme|Initech; - protocol_version 2.#; - status open|closed
`)
