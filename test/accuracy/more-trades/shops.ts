// Tables of shops, marketplaces and carriers as their systems hold them; the notation is told in trades/notation.ts.
import { tables } from '../trades/notation.ts'

export const shops = tables(`
# oms/t_order.csv
? order_sn 2023############; ! buyer_id person_id ########; ! buyer_nick username/social_account/name nick; ! receiver_name name name; ! receiver_mobile mobile/phone mobile; ! receiver_address address address; + receiver_zip postal_code 1000##; + receiver_city city 北京市|上海市|深圳市; * pay_amount transaction/finance amount; ? post_fee #.00; + pay_time event_date time; - order_status 1|2|3; ? buyer_memo sentence; ? invoice_title 个人|某某科技有限公司; - sku_id ##########; - num 1|2
# customs/跨境订单.csv
- 电商平台代码 44#########; ? 订单编号 XD##########; ! 订购人姓名 name name; ! 订购人证件号码 national_id id; ! 订购人电话 mobile/phone mobile; ! 收件人 name name; ! 收件地址 address address; - 商品名称 奶粉|面膜|维生素; - HS编码 19011010##; * 商品价格 transaction/finance/any amount; - 毛重 #.##; ? 支付交易编号 ##################; ? 运单号 SF############; - 申报类型 1|2
# express/waybill.csv
? waybillNo YT#############; ! senderName name name; ! senderPhone mobile/phone mobile; ! senderAddr address address; ! consigneeName name name; ! consigneePhone mobile/phone mobile; ! consigneeAddr address address; - weight #.##; - goodsDesc 文件|衣物; ! courierName staff_name/name name; ! courierMobile mobile/phone mobile; + signTime event_date time; ! signedBy name name; + signPhoto photo/biometric base64; - siteCode 010###
# loyalty/member_profile.csv
! MEMBER_NO person_id 60########; ! CARD_HOLDER name name; + GENDER_CD sex sexCode; + BIRTH_DT birth_date bornCompact; ! TEL_NO mobile/phone mobile; ! E_MAIL email email; - TIER GOLD|SILVER; ? POINTS_BAL ####; - JOIN_STORE S###; + JOIN_DT event_date date; + LAST_VISIT_DT event_date date; * YTD_SPEND transaction/finance amount; - SMS_OPT_IN Y|N; ! WECHAT_OPENID social_account/person_id/device_id oUpF8############
# service/kf_chat.csv
- session_id ########; ! visitor_nickname username/social_account/name nick; + visitor_msg free_text sentence; ! agent_name staff_name/name name; + agent_reply free_text sentence; + msg_time event_date time; - satisfaction 1|5; ! visitor_phone mobile/phone mobile; - channel app|web; ? tag 退货|物流
# refund/thd.csv
? thdh TH########; ? ddh 2023########; ! khxm name name; ! khdh mobile/phone mobile; - thyy 质量问题|尺寸不合; * tkje transaction/finance amount; ! tkzh bank_account/card_number card; ! khh person_id/any ########; + sqsj event_date time; ! czy staff_name/name/person_id name; - zt 1|2
# reviews/product_reviews.csv
- review_id ######; - asin B0########; ! reviewerID person_id A1##########; ! reviewerName name/username enName; + reviewText free_text sentence; - overall 1|5; + reviewTime event_date date; - helpful_votes #; - verified true|false
# pharmacy/otc_sales.csv
? 小票号 ########; ! 会员卡号 person_id ########; ! 会员姓名 name name; * 药品通用名 medication 阿莫西林胶囊|布洛芬缓释胶囊|二甲双胍片; - 规格 0.25g*24粒|10片; - 批号 2023####; ! 处方医生 staff_name/name name; ? 处方来源 某某医院; * 适应症 diagnosis 上呼吸道感染|2型糖尿病; * 实付金额 transaction/finance amount; + 销售时间 event_date time; ! 药师 staff_name/name name
# nobody/sku_master.csv
- sku ########; - product_name 保温杯|蓝牙耳机; - brand 某某牌|百顺; - category 家居|数码; - list_price ##.##; - stock_qty ###; - weight_kg #.##; - barcode 69##########0; - warehouse WH##; - shelf_life_days 365; - created_by system|import; - update_time time
`)
