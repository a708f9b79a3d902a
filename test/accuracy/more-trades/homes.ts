// Tables of property managers, utilities and land offices as their systems hold them; the notation is told in trades/notation.ts.
import { tables } from '../trades/notation.ts'

export const homes = tables(`
# estate/业主档案.csv
! 业主姓名 name name; ! 证件号 national_id id; ! 联系电话1 mobile/phone mobile; ! 联系电话2 mobile/phone/any landline; ? 房号 3-2-1##; - 建筑面积 ##.##; + 入住日期 event_date date; ? 家庭成员数 #; ! 车牌号码 plate plate; - 物业费标准 2.#; * 欠费金额 credit_info/transaction/finance/balance amount; + 备注 free_text sentence
# estate/访客登记.csv
! 来访人 name name; ! 来访人电话 mobile/phone mobile; ! 被访人 name name; - 来访事由 送货|探亲; + 来访时间 event_date time; + 离开时间 event_date time; ! 身份证件 national_id id; * 人脸特征 biometric base64; ! 保安 staff_name/name name; - 放行状态 放行|拒绝
# power/user_meter.csv
! cons_no person_id/device_id/bank_account ##########; ! cons_name name name; ! elec_addr address address; - meter_no ##########; ? read_kwh ####.##; + read_date event_date date; * amt_due transaction/finance/credit_info amount; - tariff_cd 01|02; ! link_mobile mobile/phone mobile; * arrears credit_info/finance/balance/transaction amount; - volt_code AC00220|AC00380
# gas/rqyh.csv
! yhbh person_id ########; ! yhxm name name; ! yhdz address address; ! yddh mobile/phone mobile; - qbh ########; ? byyl ##.#; * yjje transaction/finance amount; + cbrq event_date date; ! cby staff_name/name/person_id name; - zt 1|2; ! sfzh national_id id
# land/不动产登记.csv
- 不动产单元号 110105######GB#####F########; ! 权利人 name name; ! 权利人证件号码 national_id id; - 共有情况 单独所有|共同共有; ! 坐落 address address; - 用途 住宅|商业; ? 面积 ##.##; ? 权证号 京(2023)朝不动产权第#######号; * 抵押金额 credit_info/finance/transaction amount; ? 抵押权人 某某银行股份有限公司; + 登记时间 event_date date
# rent/tenancy.csv
- lease_id L######; ! tenantName name enName; ! tenantPassport passport passport; + nationality nationality NL|US|CN; ! landlordName name name; ! propertyAddress address enAddress; * monthlyRent transaction/finance/income salary; * deposit transaction/finance amount; + moveInDate event_date date; + moveOutDate event_date date; ! landlordIban bank_account NL91ABNA0417164300|NL20INGB0001234567; - status active|ended
# smarthome/device_event.csv
! deviceSn device_id SN##########; ! ownerUid person_id ########; ! bindPhone mobile/phone mobile; + eventTs event_date epoch; - eventType motion|door_open; ! wifiMac device_id mac; ? ssid HOME-####; + homeCity city 杭州市|成都市; * lat precise_location lat; * lng precise_location lon; - fwVersion 1.#.##; ? voiceSnippet base64
# hukou/人口信息.csv
! 户主姓名 name name; ! 公民身份号码 national_id id; ? 与户主关系 户主|配偶|子女; ? 曾用名 无; + 民族 ethnicity 汉族|回族; + 籍贯 region/place/city 山东省济南市|河南省郑州市; + 文化程度 education 大学本科|高中; + 婚姻状况 marital_status 已婚|未婚; ? 兵役状况 未服兵役|退出现役; + 服务处所 employer 某某公司; * 宗教信仰 religion 无|佛教; ? 血型 A|O; ! 监护人 name name
# nobody/transformer.csv
- equip_id TR######; - equip_name 1号主变|2号主变; - substation 某某变电站|城东变电站; - rated_kva ####; - commission_date date; - manufacturer 某某电气; - oil_temp_c ##.#; - load_rate 0.##; - last_inspect date; - grid_code 3301##
`)
