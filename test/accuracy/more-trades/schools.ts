// Tables of schools and universities as their systems hold them; the notation is told in trades/notation.ts.
import { tables } from '../trades/notation.ts'

export const schools = tables(`
# enrol/xsjbxx.csv
! xh person_id 2023######; ! xm name name; + xbdm sex sexCode; + csrq birth_date bornCompact; ! sfzjh national_id id; + mzdm ethnicity 01|02|11; + zzmmdm political_status 01|03|13; - xydm ##; - zydm 0809##; - bjdm ######; + rxrq event_date date; ? sydm 110000|330000; - xz 4|5; - xjzt 01|02; ! lxdh mobile/phone mobile; ! jtdz address address; ! jzxm name name; ! jzdh mobile/phone mobile
# grades/成绩表.csv
! 学号 person_id 2023######; ! 姓名 name name; - 课程号 CS####; - 课程名称 高等数学|大学英语|线性代数; - 学分 2|3|4; ? 平时成绩 ##; ? 期末成绩 ##; ? 总评 ##; - 学期 2023-2024-1|2023-2024-2; ! 任课教师 staff_name/name name; - 考试性质 正常考试|补考; ? 绩点 #.#
# clinic/学生体检.csv
! 学号 person_id 2023######; ! 姓名 name name; ? 身高(cm) 1##; ? 体重(kg) ##; * 左眼视力 vital_sign/lab_result/diagnosis 4.#|5.0; * 右眼视力 vital_sign/lab_result/diagnosis 4.#|5.0; * 肺活量 vital_sign/lab_result ####; * 血压 vital_sign/lab_result 120/80|118/76; * 既往病史 diagnosis 无|哮喘|先天性心脏病; * 过敏史 allergy 无|青霉素; - 体检医院 某某医院; + 体检日期 event_date date; ? 结论 合格|不合格
# sis/student_guardian.csv
! StudentID person_id S#######; ! GuardianFirstName first_name/name first; ! GuardianLastName last_name/name last; - Relationship Mother|Father|Guardian; ! HomePhone phone/mobile landline; ! MobilePhone mobile/phone mobile; ! EmailAddress email email; ! MailingAddress address enAddress; + PostalCode postal_code 1000##; - IsEmergencyContact Y|N; - CustodyFlag 0|1
# lms/submissions.csv
? submission_id ######; ! user_id person_id u#####; - assignment_id ####; + submitted_at event_date iso; - attempt 1|2; ? score ##; + feedback_comment free_text sentence; ! grader_name staff_name/name enName; + client_ip ip_address ip; - late true|false
# aid/奖助学金.csv
! 学生姓名 name name; ! 学生身份证号 national_id id; - 资助项目 国家助学金|励志奖学金; * 资助金额 finance/income/transaction ####; ! 银行卡号 card_number/bank_account card; * 家庭年收入 income #####; ? 是否建档立卡 是|否; ? 家庭人口 #; ? 困难等级 特别困难|一般困难; + 户口性质 region/any/residence 农村|城镇; - 学年 2023-2024
# alumni/alumni_export.csv
! AlumniNo person_id A######; ! FullName name enName; ? DegreeYear 20##; + Degree education BSc|MSc|PhD; - Faculty Science|Arts; + CurrentEmployer employer Acme|Initech; + JobTitle occupation Engineer|Manager|Analyst; ! LinkedInURL social_account https://www.linkedin.com/in/user####; + City city Amsterdam|Beijing|Paris; * TotalGiving transaction/finance amount; + LastGiftDate event_date date; - DoNotContact Y|N
# dorm/门禁记录.csv
? 卡号 ########; ! 持卡人 name name; + 刷卡时间 event_date time; - 闸机编号 G##; - 进出方向 进|出; + 抓拍照片 biometric/photo base64; - 楼栋 1号楼|2号楼; ? 体温 36.#
# nobody/courses.csv
- course_code MATH###; - course_title Calculus|Algebra; - credits 3|4; - capacity ###; - enrolled ##; - room A###; - weekday Mon|Tue; - start_time 08:00|10:00; - dept Math|CS; - syllabus_url https://www.example.edu/c/####
`)
