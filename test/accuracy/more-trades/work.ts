// Tables of employers abroad and at home, CRM and IT as their systems hold them; the notation is told in trades/notation.ts.
import { tables } from '../trades/notation.ts'

export const work = tables(`
# hcm/worker_export.csv
! Employee_ID person_id 1#####; ! Legal_Name_First first_name/name first; ! Legal_Name_Last last_name/name last; ! Work_Email email email; + Date_of_Birth birth_date born; + Gender sex Male|Female; + Citizenship nationality China|Netherlands; ! National_ID_Number national_id id; + Hire_Date event_date date; + Business_Title occupation Engineer|Director; - Cost_Center CC####; * Annual_Base_Pay income salary; - Currency CNY|EUR; ? Performance_Rating Exceeds|Meets; ! Manager_Name staff_name/name enName; * Disability_Status diagnosis/any Yes|No; + Marital_Status marital_status Single|Married; ! Home_Address_Line_1 address enAddress
# payroll/工资条.csv
! 工号 person_id E#####; ! 姓名 name name; - 部门 研发部|市场部; * 基本工资 income salary; * 岗位津贴 income ####; * 应发合计 income salary; * 个人所得税 income/finance/transaction ###.##; * 公积金个人 income/finance ###; * 实发工资 income salary; ! 工资卡号 card_number/bank_account card; ? 月份 2023-0#; ? 缺勤天数 #
# recruit/候选人.csv
! 候选人姓名 name name; ! 手机 mobile/phone mobile; ! 邮箱 email email; + 最高学历 education 本科|硕士; + 毕业院校 education/any/org_name/employer 某某大学|某某理工大学; + 现任公司 employer 某某科技; * 期望薪资 income 20-30K|30-40K; * 目前薪资 income 20K|30K; ? 工作年限 #; + 面试评价 free_text sentence; ! 面试官 staff_name/name name; * 背调结果 criminal_suspicion/any/free_text 无异常|存在诉讼; ? 简历链接 https://ats.example.com/####.pdf
# attendance/kq_record.csv
! emp_no person_id E#####; ! emp_name name name; + punch_time event_date time; * punch_lng precise_location lon; * punch_lat precise_location lat; ! device_mac device_id mac; * face_score biometric/any 0.9#; - punch_type in|out; - dept_code D###; ? leave_type 病假|事假|产假; ! approver staff_name/name name
# benefits/medical_claims.csv
! member_id insurance_id/person_id M#######; ! patient_name name enName; - relationship self|spouse; * diagnosis_code diagnosis icd; * procedure_code procedure 99213|93000; + service_date event_date date; * billed_amount transaction/finance amount; * allowed_amount transaction/finance amount; + provider_name org_name/staff_name/name/any St_Mary_Clinic|City_Hospital; ? npi 1#########; ! ssn social_security_no/national_id 123-45-####
# crm/contacts.csv
? ContactId 003##############; ! Salutation_Name name enName; + Title occupation CEO|Buyer; ! Phone phone/mobile landline; ! MobilePhone mobile/phone mobile; ! Email email email; ! MailingStreet address enAddress; + MailingCity city Amsterdam|Paris; + MailingCountry country NL|FR; ? Account.Name Acme_BV|Globex; ! ReportsTo name/staff_name enName; + Description free_text sentence; - HasOptedOutOfEmail true|false; ! OwnerAlias username/staff_name/name jsmi|mdav
# it/ad_users.csv
! sAMAccountName username user####; ! displayName name enName; ! userPrincipalName email/username email; ! employeeNumber person_id 1#####; + title occupation Engineer|Analyst; - department IT|Finance; ! telephoneNumber phone landline; ! manager name/staff_name/username CN=Jane_Doe,OU=Users; + lastLogonTimestamp event_date iso; - accountEnabled TRUE|FALSE; ! thumbnailPhoto photo base64; - objectSid S-1-5-21-#########-#####
# visa/expat.csv
! passportNumber passport passport; ! surname last_name/name last; ! givenNames first_name/name first; + placeOfBirth place/city/region Delft|Lyon; + dateOfIssue event_date date; + dateOfExpiry event_date date; ! spouseName name enName; ? workPermitNo WP########; * medicalCheckResult diagnosis/lab_result pass|fail; ! emergencyContact name enName; ! emergencyPhone phone/mobile mobile; * religion religion Christian|None
# nobody/assets.csv
- asset_tag IT-#####; - model ThinkPad_T14|Dell_U2720; - category laptop|monitor; - purchase_date date; - cost ####.00; - vendor Acme|Initech; - location Rack_A#; - warranty_end date; - state in_use|spare; - depreciation_pct ##
`)
