// Tables of personnel offices as their systems hold them; the notation is told in notation.ts.
import { tables } from './notation.ts'

export const personnel = tables(`
# hr/员工花名册.csv
! 工号 person_id #####; ! 姓名 name name; + 性别 sex sexZh; + 民族 ethnicity 汉族|回族|满族; * 政治面貌 political_status 群众|党员; ! 身份证号 national_id id; + 籍贯 place/region/city 浙江杭州|四川成都; + 最高学历 education 本科|硕士; - 部门编码 BM###;
+ 岗位 occupation/none 工程师|会计; + 入职时间 event_date date; ! 紧急联系人 name name; ! 紧急联系电话 mobile/phone mobile; - 编制数 ##
# payroll/gzb.csv
! gh person_id #####; ! xm name name; - bm 财务部|研发部; * jbgz income salary; * jxgz income salary; * yfgz income salary; * sfgz income salary; * grsds income/transaction/finance ###.##; * gjj income/transaction/finance/social_security_no ###.##; ! yhkh card_number/bank_account card; - gzny 2025##;
- zt 0|1
# hris/employee.csv
! empNo person_id E#####; ! legalName name enName; ! preferredName name/first_name/username first; ! workEmail email email; + jobTitle occupation Engineer|Accountant; + hireDate event_date date; + terminationDate event_date date; ! managerName staff_name/name enName; ! managerId person_id E#####;
* baseSalary income salary; - costCenter CC###; - fte 0.5|1.0; ! ssn social_security_no/national_id ###-##-####; - grade G#
# recruit/resume.csv
? candidate_no CN######; ! cand_nm name name; ! tel mobile/phone mobile; ! mail email email; + grad_school education/org_name 某某大学|某某学院; + major education 计算机|会计; ? yrs_exp ##; * expect_salary income salary; + curr_company employer/org_name 某某科技|某某银行;
- req_id RQ####; - stage 初试|复试; ! referrer staff_name/name name; ? score ##
# attendance/考勤打卡.csv
! 人员编号 person_id ######; ! 员工姓名 name name; + 打卡时间 event_date time; * 打卡经度 precise_location lon; * 打卡纬度 precise_location lat; ! 打卡设备 device_id/none hex16; * 指纹模板 biometric base64; - 班次代码 BC##; - 考勤结果 正常|迟到; - 加班小时 #.#;
* 请假类型 visit/diagnosis/any 病假|年假|产假
# social/sbjn.csv
! grbh person_id/insurance_id/social_security_no ##########; ! xm name name; ! shbzh social_security_no/national_id id; + cbrq event_date date; * jfjs income/finance salary; * dwjn finance/income/transaction ###.##; * grjn finance/income/transaction ###.##; - dwbh DW######; - xzlx 养老|医疗; - zt 1|2
# expat/expat_assignment.csv
! staff_no person_id #####; ! full_nm name enName; ! ppt_no passport passport; + ppt_expiry event_date date; + visa_type travel_permit/nationality/any Z|R; + home_country country/nationality NL|US|DE; ! spouse_nm name enName; + child_dob birth_date born; * assignment_allowance income salary; * tax_equalisation income/finance salary;
- host_entity CN01|CN02; - wbs W.####; - headcount #
# nobody/org_structure.csv
- dept_id D###; - parent_id D###; - dept_name 财务部|研发部|市场部; - dept_level 1|2|3; - headcount_plan ##; - headcount_actual ##; - budget_amt ######.00; - cost_center CC###; - location_code HZ|CD; - effective_date date; - status 0|1; - sort_no ##
`)
