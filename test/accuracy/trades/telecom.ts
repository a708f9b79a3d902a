// Tables of telecom operators as their systems hold them; the notation is told in notation.ts.
import { tables } from './notation.ts'

export const telecom = tables(`
# crm/usr_info.csv
! msisdn mobile/phone mobile; ! imsi device_id 46000##########; ! iccid device_id 898600##############; ! acct_id person_id/bank_account ##########; ! cust_name name name; ! cert_code national_id id; ! cert_addr address address;
- brand_id 1|2|3; - plan_id P####; + innet_date event_date date; - user_status US10|US20; * arpu transaction/finance ##.##; - region_code 571|028
# cdr/通话详单.csv
! 主叫号码 mobile/phone mobile; ! 被叫号码 mobile/phone mobile; + 通话开始时间 event_date time; ? 通话时长(秒) ###; - 通话类型 主叫|被叫; - 基站编号 #####; * 基站经度 precise_location lon; * 基站纬度 precise_location lat; * 通话费 transaction/finance #.##;
! IMEI device_id imei; - 漫游类型 本地|国内; - 交换机代码 MSC##
# dpi/internet_log.csv
! phone_no mobile/phone mobile; + src_ip ip_address ip; - dst_port 443|80; * url free_text/any/user_agent https://www.example.com/####; + user_agent user_agent Mozilla/5.0_(Linux)_Android_1#|okhttp/3.##.0; + start_time event_date time; ? up_bytes ####; ? down_bytes #####;
- apn cmnet|3gnet; - rat 4|6; - cell_id #####; - app_type 视频|社交
# billing/zdxx.csv
! yhhm mobile/phone mobile; ! khmc name name; ! zjhm national_id id; - zq 2025##; * yff transaction/finance ##.##; * qfje credit_info/transaction/finance/balance ##.##; - tcbm TC###; - tcmc 畅享套餐|亲情套餐; ! dkzh bank_account card; + jfrq event_date date;
- zdzt 0|1; - yyt YYT##
# realname/实名登记.csv
! 机主姓名 name name; ! 证件号码 national_id id; + 证件有效期 event_date/none date; ! 经办人 name name; ! 经办人证件号码 national_id id; * 人脸照片 biometric/photo base64; * 活体检测分 biometric/any 0.##; - 渠道编码 QD####; + 办理时间 event_date time;
! 受理工号 person_id GH####; - 入网协议号 XY########
# broadband/bb_install.csv
? work_order_no WO########; ! customer_nm name name; ! contact_tel mobile/phone mobile; ! install_addr address address; ! bb_account username/person_id/device_id hz########; ! ont_mac device_id mac; ! ont_sn device_id ZTEG########; - olt_port 0/#/##;
! engineer_nm staff_name/name name; + appt_time event_date time; - speed_mbps 100|300|1000; - order_state DONE|OPEN
# complaint/投诉工单.csv
? 工单编号 TS########; ! 投诉号码 mobile/phone mobile; ! 投诉人 name name; + 投诉内容 free_text sentence; - 投诉类型 网络|资费; ! 处理人工号 person_id GH####; ! 处理人 staff_name/name name; + 投诉时间 event_date time; - 处理状态 已结|处理中; - 满意度 1|5|10;
- 责任部门 网络部|市场部; - 催单次数 #
# nobody/cell_site.csv
- site_id ######; - site_name 某某大厦基站|某某路口基站; - lac #####; - ci #####; - antenna_height ##; - azimuth 1##; - vendor HW|ZTE; - freq_band 1800|2600; - prb_util 0.##; - user_cnt ###; - online_rate 99.#%; - open_date date
`)
