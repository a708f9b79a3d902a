// Tables of banks and insurers as their systems hold them; the notation is told in notation.ts.
import { tables } from './notation.ts'

export const finance = tables(`
# ecif/cust_base.csv
! cust_no person_id C#########; ! cust_nm name name; - cert_typ 01|02; ! cert_no national_id id; + cert_exp_dt event_date/none date; + gndr_cd sex sexCode;
+ brth_dt birth_date bornCompact; ! mob_no mobile/phone mobile; + occ_cd occupation 01|02|05; + edu_cd education 10|20|30; * ann_inc income #####0;
- opn_org_id ####; ? cust_lvl A|B|C
# core/个人存款账户.csv
! 客户号 person_id ##########; ! 户名 name name; ! 账号 bank_account 6217############; * 账户余额 balance amount; * 可用余额 balance amount;
- 币种 CNY|USD; - 产品代码 CP####; - 开户机构 3301####; + 开户日期 event_date date; - 账户状态 正常|冻结|销户; - 利率 #.##; ! 客户经理 staff_name name
# core/jyls.csv
? jylsh ##############; ! kh card_number/bank_account card; ! zh bank_account account; * jyje transaction amount; * jyye balance amount; - jdbz D|C;
! dfhm name name; ! dfzh bank_account account; + jysj event_date time; - jygy ######; - jgdm ####; - bzdm 156|840; * zy transaction/free_text 转账|工资|消费
# credit/loan_application.csv
? applicationId LA########; ! applicantName name enName; ! idNumber national_id id; + maritalStatus marital_status married|single; + employerName employer Acme|Initech|Globex;
* monthlyIncome income salary; * loanAmount credit_info/loan amount; * creditScore credit_info ###; * dti credit_info 0.##; - productCode PL##; - termMonths 12|24|36;
! coBorrowerName name enName; - branchCode BR###
# insurance/保单信息.csv
? 保单号 PDAA##########; ! 投保人姓名 name name; ! 投保人证件号 national_id id; ! 被保险人姓名 name name; ! 被保人手机 mobile/phone mobile;
! 受益人 name name; + 受益比例 finance/transaction/none 50%|100%; - 险种代码 XZ###; - 险种名称 终身寿险|重大疾病保险; * 保费 transaction/finance amount; - 缴费年限 10|20;
+ 生效日期 event_date date; ! 代理人工号 person_id 8#######; - 保单状态 有效|终止
# insurance/clm_dtl.csv
? clm_no CLM########; ! insd_nm name name; ! insd_id_no national_id id; + acc_dt event_date date; * icd_cd diagnosis icd; * hosp_nm org_name/visit 某某医院|某某中心医院;
* clm_amt transaction/finance amount; * paid_amt transaction/finance amount; ! payee_acct_no bank_account card; ! adjuster staff_name name; - prod_cd P####; - clm_stat 1|2|3
# wealth/lcjyb.csv
! khbh person_id ##########; ! khxm name name; + fxdj credit_info/finance/any C1|C2|C3; - cpdm LC######; - cpmc 稳健一号|增利三号; * sgje transaction/finance amount; * cyfe balance/finance amount;
+ sgrq event_date date; - sxfl 0.##; ! sjhm mobile/phone mobile; ! dzyx email email; - qdlx 01|02
# nobody/branch_gl.csv
- org_cd ####; - org_nm 某某支行|某某分行; - org_tel landline; - subj_no ####01; - subj_nm 吸收存款|贷款; - dr_bal #######.##; - cr_bal #######.##; - ccy CNY|USD;
- biz_dt date; - headcount ##; - atm_cnt #; - stat 0|1
`)
