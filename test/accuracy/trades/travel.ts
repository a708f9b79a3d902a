// Tables of airlines and railways as their systems hold them; the notation is told in notation.ts.
import { tables } from './notation.ts'

export const travel = tables(`
# dcs/pax_list.csv
? pnr K#####; ! paxNm name pinyin; ! docNo passport passport; + docExp event_date/none date; + nat nationality CN|NL|US; + gndr sex sexEn; + dob birth_date born; - fltNo CA####;
? seatNo ##A|##C; - cabin Y|C|F; - boardPoint PEK|PVG; - offPoint AMS|FRA; ? bagCnt 0|1|2; ! ffpNo person_id CA#########
# 12306/购票记录.csv
? 订单号 E#########; ! 乘车人 name name; ! 证件号码 national_id id; ! 手机号 mobile/phone mobile; - 车次 G###|D###; - 始发站 北京南|上海虹桥; - 到达站 杭州东|南京南;
+ 乘车日期 event_date date; ? 席位号 ##车##A号; * 票价 transaction ###.0; - 席别 二等座|一等座; - 票种 成人票|学生票; - 余票数 ##
# ffp/member_profile.csv
! membership_no person_id ##########; ! first_nm first_name/name first; ! last_nm last_name/name last; ! cell mobile/phone mobile; ! mail_addr address enAddress; + postcode postal_code 1#####;
? tier_cd GOLD|SILVER; ? miles_bal #####; + enrol_dt event_date date; + pref_lang language zh|en; ! passport_num passport passport; - home_apt PEK|PVG; - partner_cd P##
# crew/机组排班.csv
! 员工号 person_id 0######; ! 机组成员 staff_name/name name; ! 执照编号 professional_licence/person_id ATPL######; + 性别 sex sexZh; - 航班号 MU####; - 机型 A320|B738; - 机号 B-####;
+ 飞行日期 event_date date; - 起飞机场 ZBAA|ZSPD; + 岗位 occupation 机长|副驾驶|乘务长; * 体检合格 diagnosis/lab_result/any 合格|暂停; - 航段数 #
# ota/ddlkxx.csv
? ddh ##########; ! lkxm name name; - zjlx NI|PP; ! zjhm national_id id; ! lxrsj mobile/phone mobile; ! lxryx email email; - hbh CZ####; - cfjc CAN|SZX; - ddjc PEK|SHA; + qfsj event_date time;
* pj transaction ####; - cwdm Y|M|K; - ddzt 已出票|已退票
# apis/advance_passenger.csv
! surname last_name/name last; ! givenName first_name/name first; + dateOfBirth birth_date born; + genderCode sex sexEn; ! travelDocumentNumber passport passport; + documentIssuingState nationality/country CHN|NLD|USA;
! visaNumber travel_permit/passport ########; ! destinationAddress address enAddress; ! redressNumber person_id #######; - carrierCode CA|MU; - flightDesignator CA###; - portOfEntry AMS|FRA
# lounge/贵宾厅签到.csv
! 会员卡号 person_id ############; ! 旅客姓名 name name; ! 同行人 name name; + 签到时间 event_date time; - 休息室代码 PEK-V0#; - 随行人数 0|1|2; - 航班 CA####; ! 接待员 staff_name name;
! 联系方式 mobile/phone mobile; ? 会员级别 金卡|银卡; * 健康申报 diagnosis/visit/clinical_note 无症状|发热
# nobody/flight_ops.csv
- flt_no CA####; - reg_no B-####; - ac_type 320|738; - dep PEK|PVG; - arr AMS|FRA; - std time; - atd time; - fuel_kg #####; - pax_cnt 1##; - load_factor 0.##; - delay_code 93|41; - gate A##
`)
