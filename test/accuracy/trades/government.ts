// Tables of schools and public services as their systems hold them; the notation is told in notation.ts.
import { tables } from './notation.ts'

export const government = tables(`
# school/学籍信息.csv
! 学号 person_id 2024####; ! 学生姓名 name name; ! 全国学籍号 person_id G##################; + 出生日期 birth_date born; + 民族 ethnicity 汉族|苗族; + 户口性质 residence/region/any 城镇|农业; ! 监护人姓名 name name; ! 监护人电话 mobile/phone mobile; ! 家庭住址 address address;
+ 年级 education/none 高一|高二; ? 班级 1班|2班; - 学校标识码 ##########; ! 班主任 staff_name/name name
# school/cjb.csv
! xh person_id 2024####; ! xsxm name name; - kcdm KC###; - kcmc 高等数学|大学英语; + cj education/any ##; - xf #; - xn 2024-2025; - xq 1|2; ! rkjs staff_name/name name; ! jsgh person_id 0####; + jd education/any #.#; - xkrs ##
# univ/student.csv
! studentId person_id S#######; ! firstName first_name/name first; ! lastName last_name/name last; + dateOfBirth birth_date born; + citizenship nationality CN|NL; ! homeAddress address enAddress; + enrolmentDate event_date date; + gpa education/any #.##; - courseCode MA###; - credits #;
! advisorName staff_name/name enName; * disabilityStatus diagnosis none|hearing; - termCode 2025F
# gov/办件信息.csv
? 办件编号 BJ##########; ! 申请人 name name; ! 申请人证件号码 national_id id; ! 联系手机 mobile/phone mobile; ! 通讯地址 address address; - 事项编码 SX####; - 事项名称 户口迁移|身份证换领; + 受理时间 event_date time; - 办理时限 ##; ! 经办人员 staff_name/name name; - 部门编码 3301##;
- 办理状态 办结|受理
# police/aj_ryxx.csv
! rybh person_id R########; ! xm name name; ! bmch name/name_part/username 阿强|老四|小黑; ! gmsfhm national_id id; * ajlb criminal_suspicion 盗窃|诈骗; * qkqk criminal_suspicion 有|无; ! hjdz address address; ! xzz address address; ! bajh person_id 0#####; ! bamj staff_name/name name; + larq event_date date; - badw 3301##
# police/处警记录.csv
! 警号 person_id 0#####; ! 出警民警 staff_name/name name; ! 报警人 name name; ! 报警电话 mobile/phone mobile; ! 案发地址 address/place address; * 案情 criminal_suspicion/free_text/clinical_note sentence; + 报警时间 event_date time; - 警情代码 JQ##; ! 涉案车牌 plate plate; - 处警单位编码 3301##; - 出警人数 #
# tax/nsrxx.csv
! nsrsbh national_id/person_id/organisation_code id; ! nsrmc name name; * ynssde income/finance amount; * sjje finance/income/transaction amount; - sksq date; - swjgdm 133######; ! bsrxm name/staff_name name; ! bsrsjh mobile/phone mobile; - hydm ####; + sbrq event_date date; - zfbz 0|1; - dzbzdszlDm BDA#####
# nobody/school_stats.csv
- xxbsm ##########; - xxmc 某某小学|某某中学; - xxdh landline; - zxss ####; - jzgs ###; - bjs ##; - xxlx 小学|初中; - xzqhdm 3301##; - tscs #####; - jxjsj ###; - dqnd 2025; - sfyz 是|否
`)
