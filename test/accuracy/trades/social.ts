// Tables of social networks and shops as their systems hold them; the notation is told in notation.ts.
import { tables } from './notation.ts'

export const social = tables(`
# user/t_user.csv
! user_id person_id ##########; ! login_name username nick; * pwd password_hash/password/credential hex32; ? salt hex8; ! mobile mobile/phone mobile; ! email email email; + gender sex 0|1|2; + birth birth_date born;
+ reg_ip ip_address ip; + reg_time event_date time; ? vip_level 0|1|2; - status 0|1; - app_id ##
# shop/收货地址.csv
! 会员编号 person_id ##########; ! 收货人 name name; ! 收货电话 mobile/phone mobile; + 省份 region 浙江省|四川省; + 城市 city 杭州市|成都市; + 区县 region/city 西湖区|武侯区; ! 详细地址 address address;
+ 邮编 postal_code 31####; - 是否默认 0|1; ? 地址标签 家|公司; - 版本号 #
# shop/oms_order.csv
? orderSn ##############; ! memberUsername username nick; * totalAmount transaction amount; * payAmount transaction amount; - freightAmount ##.00; - payType 0|1|2; - sourceType 0|1; ! receiverName name name;
! receiverPhone mobile/phone mobile; ! receiverDetailAddress address address; + paymentTime event_date time; ? deliverySn SF##########; - itemCount #; ? note 尽快发货|无
# im/chat_log.csv
? msg_id ##########; ! from_uid person_id ########; ! to_uid person_id ########; + content free_text sentence; - msg_type 1|2; + send_ts event_date epoch; + client_ip ip_address ip; ! device_id device_id hex16; - group_size ##; - read_flag 0|1;
- ver 7.#.#
# feed/tzb.csv
? tzid ########; ! yhid person_id ########; ! yhnc username/name nick; * nr free_text sentence; ? bt 周末好去处|新书推荐; - dzs ###; - pls ##; - zfs ##; + fbsj event_date time; * dw_jd precise_location lon; * dw_wd precise_location lat; - shzt 0|1
# profile/dating_profile.csv
! member_no person_id M#######; ! display_name username/name nick; + age age age; * sexual_orientation sexual_orientation straight|gay|bi; * height_cm vital_sign 1##; * religion religion none|buddhist|christian; + education education bachelor|master;
* income_band income 5-10k|10-20k; + marital marital_status single|divorced; ! wechat social_account wx_######; ! id_photo_url photo https://img.example.cn/##########.jpg; - profile_score ##; - completeness ##%
# live/主播结算.csv
! 主播ID person_id ########; ! 主播昵称 username/name nick; ! 真实姓名 name name; ! 身份证号码 national_id id; ! 开户行卡号 card_number/bank_account card; * 结算金额 transaction/income/finance amount; * 打赏收入 income/transaction amount;
- 公会编码 GH###; - 直播场次 ##; + 结算日期 event_date date; - 结算状态 已结|未结; - 分成比例 50%|70%
# nobody/goods_sku.csv
- sku_id ########; - spu_name 纯棉毛巾|保温杯|台灯; - brand 某某家居|某某电器; - cate_id ###; - sale_price ##.##; - stock ###; - sales ####; - barcode 69###########; - shelf_status 0|1; - merchant_code M####; - update_time time; - favorite_cnt ###
`)
