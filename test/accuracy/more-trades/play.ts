// Tables of games, streaming, wearables and advertising as their systems hold them; the notation is told in trades/notation.ts.
import { tables } from '../trades/notation.ts'

export const play = tables(`
# game/player.csv
! role_id person_id ##########; ! role_name username/social_account/name nick; ? account user####; * pwd_md5 password_hash/password/credential hex32; ! realname name name; ! idcard national_id id; + is_adult age/any 0|1; + reg_ip ip_address ip; + reg_time event_date time; ! oaid device_id hex32; - server_id s###; - level ##; * recharge_total transaction/finance amount; - guild 天下会|逍遥阁; + last_logout event_date time
# live/打赏流水.csv
- 流水号 ############; ! 用户ID person_id ########; ! 用户昵称 username/social_account/name nick; ! 主播ID person_id ########; ! 主播真实姓名 name name; - 礼物名称 火箭|玫瑰; - 数量 ##; * 金额(元) transaction/finance amount; + 打赏时间 event_date time; * 主播提现账号 bank_account/card_number card; - 房间号 ######
# wearable/daily_summary.csv
! wearer_id person_id/subject_id W######; + day event_date date; * resting_hr vital_sign/lab_result ##; * hrv_ms vital_sign/lab_result ##; * spo2_pct vital_sign/lab_result 9#; ? steps ####; ? sleep_minutes ###; * body_temp_c vital_sign 36.#; * menstrual_phase diagnosis/vital_sign/any follicular|luteal; ? weight_kg ##.#; ? stress_score ##; - fw 2.#
# ads/device_profile.csv
! gaid device_id hex32; ! idfa device_id hex32; ! imei_md5 device_id hex32; ! android_id device_id hex16; - os Android|iOS; - model Pixel_8|iPhone14,2; + ua user_agent Mozilla/5.0_(Linux)_Android_1#|okhttp/3.##.0; + ip ip_address ip; + geo_city city Beijing|Shanghai; + age_band age 18-24|25-34; + gender_pred sex sexEn; ? interest_tags sports|fashion|loans; ? installed_apps com.example.a|com.example.b; + last_seen event_date epoch
# im/message.csv
- msg_id ##########; ! from_uid person_id ########; ! to_uid person_id ########; + content free_text sentence; - msg_type 1|3|34; + send_ts event_date epoch; - is_revoked 0|1; - group_id ########; * geo_lat precise_location lat; * geo_lon precise_location lon; - client_ver 8.0.##
# dating/user_card.csv
! uid person_id ########; ! nickname username/social_account/name nick; ? height_cm 1##; ? zodiac 白羊座|天蝎座; + marital marital_status 未婚|离异; + education_level education 本科|硕士; * income_range income 10-20万|20-30万; * orientation sexual_orientation 异性恋|同性恋|双性恋; + hometown region/place/city 湖南长沙|四川成都; + self_intro free_text sentence; + avatar photo/biometric https://img.example.com/####.jpg; ! wechat social_account wx########; - has_house 是|否; * belief religion 佛教|无|基督教
# auth/login_log.csv
- id ######; ! login_name username/social_account/person_id user####; + login_ip ip_address ip; ! device_fp device_id hex32; + login_at event_date iso; - result ok|fail; * token credential hex64; * session_key credential hex32; ? user_agent okhttp/3.##.0; ? geo 北京|上海; - mfa sms|totp
# minors/防沉迷.csv
? 账号 user####; ! 未成年人姓名 name name; ! 未成年人身份证 national_id id; + 年龄 age 8|12|15; ! 监护人手机 mobile/phone mobile; ! 监护人姓名 name name; ? 游戏时长(分钟) ##; * 充值金额 transaction/finance ##; ? 登录时段 20:00-21:00; - 是否强制下线 是|否
# nobody/game_item.csv
- item_id ######; - item_name 屠龙刀|回城卷轴; - rarity 1|2|3; - price_gold ####; - drop_rate 0.0##; - max_stack 99; - icon https://img.example.com/i/####.png; - attr_attack ###; - added_in 3.#; - tradeable 0|1
`)
