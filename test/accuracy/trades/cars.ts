// Tables of car makers as their systems hold them; the notation is told in notation.ts.
import { tables } from './notation.ts'

export const cars = tables(`
# dms/sales_order.csv
? order_no SO########; ! vin vin vin; ! buyer_name name name; ! buyer_id_card national_id id; ! buyer_phone mobile/phone mobile; - model_code M###; - color_code WHT|BLK; * deal_price transaction ######;
- dealer_code D####; ! consultant staff_name/name name; + delivery_date event_date date; - finance_flag 0|1
# dms/车主档案.csv
! 车主姓名 name name; ! 车主电话 mobile/phone mobile; ! 身份证 national_id id; ! 家庭住址 address address; ! 车牌 plate plate; ! 车架号 vin vin; ! 发动机号 vin/device_id/person_id EN######;
- 车系 某星|某云; - 配置代码 PZ##; + 购车日期 event_date date; ? 行驶里程 #####; - 经销商代码 JXS###; ! 服务顾问 staff_name/name name
# tsp/vehicle_track.csv
! vinCode vin vin; ! deviceSn device_id SN########; * lng precise_location lon; * lat precise_location lat; ? speed ##; ? heading 1##; ? soc ##; + gpsTime event_date time;
- fwVersion 1.#.#; - signalLevel #; ? odometer #####; - chargeStatus 0|1
# app/app_user.csv
! uid person_id ########; ! nickName username/name nick; ! realName name name; ! phoneNum mobile/phone mobile; ! unionId social_account/person_id/device_id hex28; ! avatarUrl photo/any https://img.example.cn/##########.jpg; + sex sex sexCode;
+ birthday birth_date born; ! imei device_id imei; - appVersion 3.#.#; - channelId CH##; + registerTime event_date time; ? bindCarNum #
# aftersales/wxgd.csv
? gdh GD########; ! sxr name name; ! sxrdh mobile/phone mobile; ! cph plate plate; ! cjh vin vin; - gzdm P0###; - bjbm BJ#####; - bjsl #; * gsf transaction/finance ###.00; + jcsj event_date time;
! jsxm staff_name/name name; - fwzdm FW###
# adas/driver_monitor.csv
! vehicle_vin vin vin; ! driver_id person_id DR######; * face_feature biometric hex64; * fatigue_level biometric/diagnosis/vital_sign/any 0|1|2; * heart_rate vital_sign 6#|7#|8#; ? event_type YAWN|PHONE;
* event_lat precise_location lat; * event_lon precise_location lon; + event_ts event_date iso; - camera_fw 2.#.#; - model_ver v#; - confidence 0.##
# leads/潜客线索.csv
? 线索编号 XS########; ! 客户姓名 name name; ! 联系电话 mobile/phone mobile; ! 微信号 social_account wx_######; + 所在城市 city 杭州市|成都市|武汉市; - 意向车型 某星|某云; - 预算区间 10-15万|15-20万;
+ 到店时间 event_date time; ! 跟进人 staff_name/name name; - 线索来源 官网|车展; - 线索状态 待跟进|战败; * 征信情况 credit_info 良好|逾期
# nobody/parts_bom.csv
- part_no ####-####; - part_name 前保险杠|雨刮片|机油滤清器; - supplier_code S####; - supplier_name 某某汽配有限公司|某某橡塑; - unit_price ##.##; - moq ###; - plant_code PL##; - stock_qty ###;
- lead_time_days ##; - eff_date date; - status A|D; - weight_kg #.##
`)
