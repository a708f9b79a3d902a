// Tables of hotels, rides, tickets and events as their systems hold them; the notation is told in trades/notation.ts.
import { tables } from '../trades/notation.ts'

export const stays = tables(`
# pms/guest_folio.csv
- FOLIO_NO ######; - ROOM_NO ####; ! GUEST_NAME name enName; ! PASSPORT_NO passport passport; + NATIONALITY_CD nationality CHN|NLD|USA; + ARRIVAL event_date date; + DEPARTURE event_date date; ! CREDIT_CARD_NO card_number card; - CARD_EXPIRY 12/2#; * CHARGE_AMT transaction/finance amount; - RATE_CODE BAR|CORP; - ADULTS 1|2; - CHILDREN 0|1; + VIP_REMARKS free_text sentence; ! LOYALTY_NO person_id ########
# pms/旅客住宿登记.csv
! 旅客姓名 name name; + 性别 sex sexZh; + 民族 ethnicity 汉族|满族; + 出生日期 birth_date born; ! 证件号码 national_id id; ! 住址 address address; - 房间号 ####; + 入住时间 event_date time; + 退房时间 event_date time; ! 同住人 name name; - 登记渠道 前台|自助; + 现场照 photo/biometric base64
# ride/trip.csv
- trip_uuid hex32; ! driver_id person_id D#######; ! driver_name name/staff_name name; ! driver_licence_no driver_licence/national_id id; ! plate_no plate plate; ! passenger_phone mobile/phone mobile; * pickup_lat precise_location lat; * pickup_lng precise_location lon; ! pickup_addr address address; * dropoff_lat precise_location lat; * dropoff_lng precise_location lon; + pickup_time event_date time; * fare transaction/finance amount; - rating 4|5; + passenger_comment free_text sentence; ? audio_url https://rec.example.com/##########.aac
# rail/购票记录.csv
? 订单号 E#########; ! 乘车人 name name; ! 身份证件号码 national_id id; - 车次 G###|D###; + 乘车日期 event_date date; - 发站 北京南|上海虹桥; - 到站 杭州东|南京南; - 座位号 0#A; - 席别 二等座|一等座; * 票价 transaction/finance ###.#; - 票种 成人票|学生票; ! 购票人手机 mobile/phone mobile
# events/ticket_holders.csv
- barcode ############; ! holder_first first_name/name first; ! holder_last last_name/name last; ! holder_email email email; + dob birth_date born; ? dietary_requirements vegan|halal|none; + accessibility_needs diagnosis/any/free_text wheelchair|none; + company employer Acme|Globex; + job_title occupation CTO|Analyst; - ticket_type VIP|GA; * price_paid transaction/finance amount; - checked_in true|false; ! badge_photo photo/biometric base64
# border/出入境记录.csv
! 中文姓名 name name; ! 英文姓 last_name/name last; ! 英文名 first_name/name first; ! 通行证号码 travel_permit/any C########; + 国家地区 nationality/country 中国|荷兰; - 口岸 罗湖|首都机场; + 出入境时间 event_date time; - 出入境标识 出|入; ? 交通工具 CA###; + 前往国 country/place 荷兰|美国; ? 签证种类 L|M|F; ! 签证号码 travel_permit/passport/any E#######
# rent/zcdd.csv
? ddbh ZC########; ! cjrxm name name; ! jszh driver_licence/national_id id; ! lxsj mobile/phone mobile; ! cph plate plate; ! cjh vin vin; + qcsj event_date time; + hcsj event_date time; - qcmd 首都机场店|虹桥站店; * zje transaction/finance amount; * wzjl criminal_suspicion/any/free_text 超速|闯红灯|无; ? yj amount
# nobody/timetable.csv
- train_no G###; - from_station 北京南|上海虹桥; - to_station 杭州东|南京南; - depart 07:00|08:30; - arrive 12:10|13:05; - km ####; - seat_class 2|1; - base_fare ###.#; - runs_on 1234567|12345; - valid_from date
`)
