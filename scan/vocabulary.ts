/**
 * The words that stand in column and table names, by what they mean: English, Chinese, pinyin and pinyin initials.
 * A name is cut into whole words of this list; a word inside a longer one (`cid` in `acid`) is never found.
 */
export const vocabulary = {
  // whom a table or column is about
  patient: 'patient patients 患者 病人 就诊人 病患 huanzhe bingren hz 就医人 就诊者 病员 产妇 孕妇 母婴 患儿',
  person:
    'person persons people individual individuals citizen resident residents 人员 个人 本人 自然人 居民 公民 renyuan 罪犯 犯人 嫌疑人 offender offenders inmate inmates detainee detainees',
  subject:
    'subject subjects participant participants subj usubj 受试者 参与者 shoushizhe donor donors wearer volunteer volunteers enrolee 供者 捐献者 捐赠者 献血者 供体 志愿者 被试 被试者 筛选者 入组者 受检者 被检者 体检者 受检人',
  passenger:
    'passenger passengers pax traveller traveler travellers travelers guest guests rider riders occupant 旅客 乘客 乘机人 出行人 客人 入住人 住客 lvke chengke 同行人 同住人 乘车人 乘机者 船员 搭乘人 游客 参团人',
  customer:
    'customer customers client clients cust buyer consumer subscriber borrower insured 客户 顾客 买家 投保人 被保险人 参保人 借款人 贷款人 申请人 出借人 担保人 投资人 持有人 收货人 收件人 寄件人 发件人 付款人 收款人 买方 申报人 applicant applicants holder holders payee payer_name beneficiary policyowner recipient receiver consignee sender shopper debtor guarantor investor kehu touboaren coborrower coapplicant coinsured cosigner 纳税人 报警人 举报人 投诉人 cons purchaser tenant tenants lessee consignor 租客 承租人 租户人 订购人 订货人 购买人 用水户 用电客户 用户主 签收人 汇款人 受让人 出让人 委托人 权利人 抵押人 当事人 诉求人 来电人 访客 来访人 被访人 办事人 参保者 领取人 受助人 donee attendee attendees invitee 参会人 参会者 报名人',
  member: 'member members enrollee 会员 成员 huiyuan membership ffp loyalty frequentflyer',
  user: 'user users author authors creator creators moderator poster commenter follower followee friend 用户 作者 发布人 发帖人 评论人 发送人 发送者 接收人 接收者 好友 粉丝 yonghu 主播 博主 up主 streamer player players gamer viewer viewers reviewer reviewers uploader owneruid 玩家 观众 关注者 被关注者 粉丝用户 评价人 楼主 群主 上传者 订阅者',
  student:
    'student students pupil pupils learner alumni candidate candidates 学生 学员 考生 候选人 应聘者 xuesheng freshman undergraduate postgraduate graduatestudent 研究生 本科生 新生 毕业生 校友 幼儿 儿童姓名',
  staff:
    'staff employee employees emp worker workers provider providers doctor doctors physician practitioner nurse clinician worker surgeon prescriber attending 员工 职工 雇员 医生 医师 护士 主治 经办人 操作员 医务人员 责任护士 检验者 审核者 报告人 销售员 业务员 客户经理 乘务员 机长 教师 老师 teacher teachers pilot crew purser radiologist pathologist anesthetist anaesthetist technician operator_name performer requester author_name yisheng yishi yuangong ysxm manager managers supervisor supervisors reporter checker approver auditor verifier registrar advisor adviser 经办人员 处理人 受理人 办理人 审批人 审核人 负责人 责任人 办案人 代理人 民警 警员 柜员 班主任 机组 cabincrew 教工 教职工 grader reviewername officer officers investigator investigators courier couriers inspector adjuster recruiter interviewer foreman pharmacist lecturer professor tutor coach guidename 药师 药剂师 技师 检验师 任课教师 辅导员 导师 教练 快递员 配送员 骑手 保安 法官 承办法官 书记员 检察官 律师 话务员 客服人员 坐席 面试官 招聘官 复核人 采集人 录入人 登记员 抄表员 研究者 研究医生 调查员 稽查员 督导 荷官 理赔员 核保人 查勘员 评估师 送达人 执法人员',
  relative:
    'contact guardian guardians carer caregiver nok mother father spouse parent emergency kin relative relatives sibling child children son daughter wife husband partner dependant dependent 联系人 监护人 家属 母亲 父亲 配偶 紧急 亲属 亲友 子女 父母 lxr jhr jinji lianxiren mothers fathers parents spouses wifes husbands daughters sons granddaughter grandson grandparent stepmother stepfather foster custodian 家长 家属姓名 家庭成员 户成员 紧急联系 兄弟 姐妹 祖父 祖母 爷爷 奶奶 外公 外婆 抚养人 赡养人 担保亲属',
  owner:
    'owner owners cardholder policyholder policyholders accountholder registrant 持卡人 户主 车主 业主 机主 驾驶员 司机 驾驶人 chezhu siji 户名 hm landlord landlords homeowner homeowners cardholdername proprietor 房东 车主姓名 户主姓名 产权人 房主 船东',
  organisation:
    'organization organizations organisation organisations company companies hospital clinic facility institution institutions department departments dept org orgs payer payers insurer airline airlines airport airports manufacturer vendor supplier suppliers bank branch school university site sites ward carrier merchant shop store agency office publisher iata icao headquarters headquartered restaurant college church court ministry team 医院 药店 酒店 餐厅 法院 政府 部 团队 班级 分行 支行 网点 客服 公众号 公司 单位 企业 机构 科室 部门 厂家 生产企业 生产厂家 供应商 航空公司 机场 银行 开户行 学校 病区 商户 店铺 组织 法人 yiyuan danwei keshi gongsi bumen xuexiao class_name 药房 营业执照 营业执照号 costcenter costcentre profitcenter profitcentre 成本中心 利润中心',
  thing:
    'product products goods sku item items plane planes aircraft vehicle vehicles model brand hotel project study file table column concept concepts vocabulary vocabularies domain relationship ontology term class tag flight flights route routes city_list feature holiday metadata source cdm schedule flightschedule weather supply supplies sensor sensors station stations airfield symbol stock equity part parts batch lot inventory warehouse bin shelf asset assets machine equipment server host container image_name sample_type recipe movie film book song album game app dish crop building room rooms seat seats door gate 商品 药典 传感器 站点 设备名 物料 仓库 库位 房间 座位 电影 图书 歌曲 股票 基金 证券 车间 零件 产线 耗材 消息 订单 包裹 运单 舱位 套餐 模块 角色 权限 字段 参数 产品 货物 项目 航班 品牌 型号 车型 字典 目录 菜单 课程 shangpin chanpin xiangmu',
  // what identifies
  nationalId:
    'nationalid idcard identitycard idcardno 身份证 身份证号 身份证号码 身份证件号 居民身份证 公民身份号码 证件号 证件号码 证件编号 sfz sfzh sfzhm sfzjh zjhm shenfenzheng shenfenzhenghao shenfenzhenghaoma identification identity nationalidentifier residentid citizenid identityno identitynumber idnumber 证件编码 身份号码 zjbh sfzhao zhengjianhao zhengjianhaoma shenfenzhenghaoma',
  ssn: 'ssn socialsecurity 社保号 社保卡号 社会保障号 社保卡 医保号 医保卡号 医保卡 sbkh ybkh 社会保障卡号 社会保障号码 shebaohao yibaohao nino bsn sin tfn',
  insurance:
    'insurance policy insuranceid memberid subscriberid beneficiaryid 医保 社保 保险 保单 保单号 参保号 baodan 医保编号 医保个人编号 个人社保编号 参保人编号 保险单号',
  passport:
    'passport passportno 护照 护照号 护照号码 huzhao hzhm passports traveldoc traveldocument docno docnumber documentnumber 旅行证件号 ppt pptno passportnum traveldocno traveldocumentno 护照编号 护照码',
  permit:
    '通行证 通行证号 travelpermit hkpermit 港澳通行证 台胞证 回乡证 往来港澳通行证 往来台湾通行证 居留证 居留许可 永居证 permanentresidence residencepermit visa visano visanumber 签证 签证号 签证号码 workpermit workpermitno 就业证 工作许可 工作许可证 居住证 居住证号',
  military: '军官证 军人证 士兵证 军官证号 军人证件号 警官证 militaryid',
  driver:
    'drivinglicence drivinglicense driverlicence driverlicense driverslicense dl 驾驶证 驾照 驾驶证号 驾照号 驾驶证号码 jsz jszh',
  driving: 'driver drivers driving',
  licence: 'licence license',
  professional:
    'npi dea 执业证 执业证号 执业证书 执业证书号 资格证 资格证号 资格证书号 执业证书编号 执照号 执照编号 飞行执照 执照',
  mrn: 'mrn 病历号 病案号 住院号 门诊号 病历号码 病案号码 住院号码 门诊号码 住院编号 病案编号 blh bah zyh mzh binglihao zhuyuanhao menzhenhao inpatientno outpatientno admissionno 就诊卡号 就诊卡 健康卡号 诊疗卡号 病人号 登记号 住院病历号 门诊病历号 病历编号 jzkh zybh mzbh bahm hospitalno 档案号 健康档案号 dah 体检号 体检编号 tjh tjbh hospitalnumber chartno 患者编号 病理号 检查号 影像号',
  medicalRecord: 'medicalrecord',
  medical: 'medical med clinical health healthcare 医疗 健康',
  record: 'record records 记录',
  chart: 'chart',
  email:
    'email emails mail emailaddress 邮箱 电子邮箱 邮件 电子邮件 邮箱地址 youxiang yx dzyx mailbox 电邮 电子信箱 邮箱号 youjian dianziyouxiang',
  mobile:
    'mobile cellphone cell mobilephone mobileno 手机 手机号 手机号码 移动电话 sjh sjhm sj shouji shoujihao msisdn handphone gsm 移动号码 手机号 手机号吗 yddh shoujihaoma mobilenumber mobilephonenumber cellno cellnumber 联系手机 来电号码 预留手机 绑定手机 移动手机 bindphone bindmobile',
  phone:
    'phone phones telephone tel fax landline telno phoneno telephoneno 电话 电话号码 联系电话 联系方式 座机 固话 传真 lxdh dh dhhm dianhua lianxidianhua jtdh phonenumber telephonenumber telnum homephone workphone officephone callback caller callee 主叫 被叫 主叫号码 被叫号码 家庭电话 办公电话 固定电话 联系号码 bgdh gddh zjdh dayphone eveningphone 单位电话 送达电话 宅电',
  hotline: 'hotline tollfree 热线 客服热线 客服电话 服务电话 服务热线 投诉电话',
  name: 'name names nm fullname 名称 名字 mc mingcheng',
  username:
    'username login loginname loginid nick nickname screenname userid_name handle alias 用户名 登录名 登录账号 账户名 昵称 网名 yonghuming dengluming nicheng yhm dlm samaccountname upn userprincipalname rolename loginaccount 角色名 登录账户 用户账号 登录用户名 游戏账号 会员名 旺旺 旺旺名 微博名 displayname',
  namePart: 'initial initials salutation honorific 称谓 称呼 middleinitial',
  personName:
    '姓名 xm xingming hzxm brxm xm 曾用名 真实姓名 中文名 英文名 姓名拼音 中文姓名 英文姓名 realname truename pinyinname ptname patname realnm fullnm legalname preferredname knownas birthname childname insuredname holdername 中文姓 外文姓名 姓名缩写 姓名首字母 受试者缩写 namesfull 名字全称 户主名',
  first:
    'first given fname forename firstname givenname middle middlename givennames firstnames 名 英文名字 外文名 名拼音',
  last: 'last family surname lname maiden lastname familyname 姓氏 lastnames surnames maidenname secondname 姓 英文姓 外文姓 中文姓氏 姓拼音',
  address:
    'address addresses addr street streets residence homeaddress 住址 地址 家庭住址 家庭地址 现住址 通讯地址 居住地址 户籍地址 联系地址 详细地址 街道 zz jtzz dz jtdz lxdz dizhi zhuzhi address1 address2 addressline streetaddress houseno housenumber apartment 收货地址 收件地址 门牌 门牌号 门牌号码 居住地 现居地址 单位地址 工作地址 户口地址 户籍住址 出生地址 xxdz hkdz hjdz xzz zhuzhi jiatingzhuzhi jiatingdizhi 房号地址 坐落 房屋坐落 送达地址 寄件地址 用电地址 用水地址 上车地点 下车地点 上车地址 下车地址 诉求地址 案发地址 mailingstreet pickupaddr dropoffaddr shipto billto shiptoaddress billtoaddress deliveryaddress 安装地址 装机地址 家访地址 yddz',
  plate:
    'plate plateno licenseplate 车牌 车牌号 车牌号码 cph chepaihao plates numberplate vehicleplate registrationplate carno vehicleno 车牌号牌 号牌号码 号牌 车号 hphm chepai',
  vin: 'vin 车架号 车辆识别代号 vehicleidentification chassis chassisno vinno vincode 车架 车辆识别码 车辆识别代码 底盘号 大架号 cjh clsbdh clsbdm chejiahao',
  ip: 'ip ipaddress ipaddr ipv4 ipv6 ipaddresses clientip remoteaddr ip地址 srcip clientaddr loginip registerip userip ipaddrv4',
  mac: 'mac macaddress bssid wifimac bluetoothmac mac地址',
  device:
    'imei imei1 imei2 imsi meid iccid udi udid idfa idfv oaid gaid aaid androidid deviceid deviceserial devicesn serialnumber 设备号 设备标识 设备识别码 设备序列号 终端号 sim 发动机号 发动机号码 fdjh engineno enginenumber devicefp devicefingerprint devicehash devicetoken adid advertisingid pushtoken hardwareid hwid machineid cpuid ueid imeimd5 imeisha oaidmd5 idfamd5 设备指纹 设备id 设备编码 硬件标识 推送标识 广告标识 广告标识符',
  card: 'card cardno cardnum cardnumber creditcard debitcard bankcard ccnumber ccnum ccno cc pan cvv cvv2 cvc 银行卡 银行卡号 卡号 信用卡号 信用卡 借记卡 储蓄卡 工资卡 工资卡号 yhk yhkh kh yinhangka yinhangkahao kahao',
  account:
    'account accounts acct iban accountno accountnum accountnumber bankaccount passbook 账号 账户 帐号 帐户 银行账号 银行账户 银行帐号 开户账号 存折号 对方账号 收款账号 付款账号 支付账号 支付宝 支付宝账号 zhanghao yhzh zhanghu yinhangzhanghao zh dfzh',
  password: 'password passwd pwd passphrase passcode pin pincode 密码 口令 支付密码 登录密码 mima',
  secret:
    'secret token tokens apikey accesstoken refreshtoken credential credentials cookie cookies session_token privatekey otp totp salt jwt 令牌 密钥 凭证 会话 sessionkey authcode authtoken smscode verificationcode captcha securityanswer securityquestion recoverycode totpseed 验证码 短信验证码 密保 密保问题 密保答案 授权码',
  wechat:
    'wechat weixin wxid openid unionid qq qqno whatsapp telegram skype facebook twitter instagram linkedin 微信 微信号 qq号 微博 抖音 社交账号 wxh weixinhao qqh wechatid wechatopenid wxopenid wxunionid alipayid linkedinurl facebookid twitterhandle telegramid lineid kakaoid douyinid weiboid 抖音号 快手号 微博号 小红书 小红书号 qq号码',
  biometric:
    'biometric biometrics fingerprint fingerprints faceid face facial iris retina palm palmprint voiceprint faceimage facetemplate embedding_face gait 指纹 人脸 面部 虹膜 声纹 掌纹 掌静脉 人脸特征 人脸照片 指纹特征 zhiwen renlian 活体 活体检测 liveness facefeature facevector faceembedding fingerprinttemplate palmvein voicefeature irisfeature facescore 指纹编号 声纹特征 人脸向量 人脸比对 步态 耳廓 人脸图 人脸图像',
  photo:
    'photo photos portrait avatar headshot selfie 照片 头像 证件照 身份证照片 zhaopian touxiang mugshot thumbnailphoto facephoto badgephoto idphoto signphoto snapshotface 结婚照 现场照 抓拍照 抓拍照片 登记照 免冠照 生活照 自拍照 自拍 人像 人像照 现场照片 证件照片 肖像 合影',
  // quasi-identifiers
  birth:
    'birth birthdate birthday dob brthdtc brthdt brthdat born birthdatetime birthdtc 出生 出生日期 出生年月 出生时间 生日 csrq csny chusheng chushengriqi birthyear birthmonth yob birthtime bday chushengnianyue 生辰 出生年份 出生年 chushengshijian birthmonthyear dateofbirth birthdateyear 出生月 出生日 出生日期时间 诞生日 shengri',
  birthplace: 'birthplace hometown 籍贯 出生地 jg',
  death: 'death deathdate died deceased dod dth dthdtc dthfl 死亡 死亡日期 死亡时间 swrq',
  age: 'age ages ageu nianling 年龄 岁数 nl ageyears agegroup ageband ageinyears nianling 周岁 年纪 isadult isminor minorflag patientonsetage onsetage ageatonset ageatdiagnosis 是否成年 是否未成年 成年标识 年龄段 发病年龄 就诊年龄 入学年龄 年龄组 月龄 胎龄',
  sex: 'sex gender sexes 性别 xb xingbie sexcode gendercode 男女 xingbie gndr genderpred predictedgender patientsex sexatbirth 性别代码 性别码',
  ethnicity:
    'ethnicity ethnic race races racial tribe caste 民族 种族 族裔 mz minzu ethnicgroup 族别 mzm 民族码 民族代码',
  nationality:
    'nationality citizenship 国籍 gj guoji nationalities citizenships nativecountry 国籍地区 country_of_citizenship nat natl nationalitycode 国籍码 女方国籍 男方国籍 公民身份国 passportcountry',
  marital:
    'marital marriage maritalstatus 婚姻 婚姻状况 婚否 hyzk hunyin married spousal civilstatus 婚育 婚姻情况 hunyinzhuangkuang 生育状况 婚史 结婚 离婚 hyzkm hyzkdm marriagestatus 婚姻登记类型',
  religion:
    'religion religious faith 宗教 宗教信仰 信仰 zjxy religions denomination zongjiao 宗教 信教 belief beliefs creed 信仰宗教 信教情况 宗教信念',
  politics:
    'political politics party partymember 政治面貌 党派 党员 入党 zzmm zhengzhimianmao tradeunion unionmember 工会会员 zzmmm zzmmdm 政治面貌代码 政治身份 团员 入团 党员标识 partyaffiliation',
  orientation: 'orientation sexuality 性取向 性生活 性史 sexualactivity sexualpreference 性伴侣 性取向标签',
  language: 'language languages lang mothertongue 语言 语种 母语 yuyan',
  education:
    'education educational degree 学历 文化程度 教育程度 学位 xl whcd schooling graduated graduation alma qualification qualifications academic 毕业院校 毕业学校 最高学历 学位 xueli xuewei 专业 major wenhuachengdu 毕业时间 byyx bysj edu gradschool gpa 年级 成绩 绩点 学分绩 cj 毕业中学 degreelevel highestdegree 学历代码 学位名称 培养层次 学习形式 毕业专业 所学专业 文化水平 xldm xwdm',
  occupation:
    'occupation job profession speciality specialty jobtitle 职业 职务 岗位 职称 工种 zy zhiye zhicheng occupations profession jobs jobcode position grade_of_post workclass employment employmentstatus 职位 职级 职业类别 工作岗位 行业 gangwei zhiwu zhiwei zhiyemingcheng gz occ businesstitle jobrole jobfunction joblevel jobgrade 职务名称 岗位名称 从业状况 现职 工作年限 工龄 从业年限 兵役状况 服役情况 职务级别 gwmc zwmc',
  employer:
    'employer employers workplace workunit companyname 工作单位 就业单位 雇主 任职单位 所在单位 单位全称 gzdw gongzuodanwei dwmc currcompany curremployer 参保单位 服务处所 现任公司 任职公司 缴费单位 用人单位 扣缴义务人 原单位 工作机构 所在公司 就职公司 供职单位 employername currentcompany companyemployer',
  city: 'city town cities municipality 城市 所在城市 市 chengshi 地市 市区 所在市 城市名 hometown_city 常住城市 geocity homecity 居住城市 常驻城市 归属城市',
  region:
    'state province county district region 省 省份 地区 区县 县 区 所在地 户籍 户籍地 shengfen diqu provinces counties prefecture territory 州 乡镇 街道办 村 行政区划 户籍地区 所属地区 省市 shengfen diqu 户籍所在地 hjd hjszd 户口 户口性质 户籍类型 hkxz 生源地 户口所在地 户籍性质 居住区 归属地',
  country:
    'country countries 国家 guojia countrycode nation issuingcountry 国别 国家地区 前往国 目的国 destinationcountry countryofresidence countryofbirth residencecountry 居住国 常住国 出生国',
  postal: 'zip zipcode postal postcode postalcode 邮编 邮政编码 yzbm yb youbian 邮递区号 zip4 plz',
  latitude: 'lat latitude 纬度 weidu latitudes 北纬 纬度值 wd',
  longitude: 'lon lng long longitude 经度 jingdu longitudes lont 东经 经度值 jd',
  location:
    'location coordinates coordinate gps geo geolocation geohash lbs position_gps wgs84 gcj02 bd09 位置 坐标 定位 经纬度 当前位置 签到地点 weizhi zuobiao pickuplocation dropofflocation lastlocation currentlocation homelocation 实时位置 常驻位置 gps定位 gps坐标 打卡位置 打卡地点 位置信息',
  track:
    'track tracks trajectory trajectories trip trips ride rides journey journeys trackpoint trackpoints waypoint waypoints movement movements telematics 轨迹 行程 行踪 出行 轨迹点 guiji xingcheng',
  // money
  income:
    'income salary wage wages 收入 工资 薪资 年收入 月收入 gongzi shouru salaries earnings pay compensation bonus remuneration stipend payroll annualincome grosspay netpay 奖金 绩效 年薪 月薪 基本工资 应发工资 实发工资 应发 实发 津贴 补贴 公积金 个税 报酬 nsr ysr xinzi xinchou gz_jb jbgz annualinc monthlyinc 缴费基数 工资基数 anninc allowance allowances gjj sds grsds jfjs 工资总额 yfgz sfgz jxgz gwgz 个人所得税 公积金个人 住房公积金 社保基数 专项附加扣除 应发合计 年金 养老金 养老金额 退休金 抚恤金 个人缴纳 应纳税所得额 应纳税额 basepay annualbasepay basesalary netsalary grosssalary salaryband paygrade pension pensions taxwithheld incometax incomerange householdincome 家庭年收入 家庭收入 期望薪资 目前薪资 期望月薪 时薪 srze ynse ynsse zxfjkc kcje',
  finance:
    'cost costs totalcost amount amounts amt fee fees charge charges price coverage copay paid outstanding adjustments adjustment transfers debit debits debt revenue spending spend premium premiums invoice bill billing billed expenses expense payable receivable asset_value wealth networth property 费用 金额 总费用 自付 价格 缴费 消费 保费 保额 花费 资产 财产 房产 je zfy feiyong jine zongfeiyong housing house_value realestate tax taxes arpu 费 票价 票款 房费 房租 pj ghf zlf jcf cwf hlf ssf clf ypf xyf gsf sxf yff rent rents monthlyrent fare fares recharge topup giving donation donations tip tips giftamount ytdspend pledge alimony childsupport 租金 押金 车费 车票款 打赏 打赏金额 充值 充值金额 捐款 捐赠金额 资助金额 助学金 奖学金 标的额 诉讼标的额 罚款 罚金 违约金 赔偿 赔偿金 赔付 抚养费 赡养费 彩礼 医药费 住院费 学费 会费 物业费 水费 电费 燃气费 话费 应缴 实缴 缴费额 消费金额 消费额 实付 应付 已付 未付 提现 提现金额 净值 净资产 持仓 市值 盈亏',
  balance:
    'balance balances deposit deposits savings 余额 存款 账户余额 可用余额 期末余额 zhye yue_ye accountbalance 个人账户余额 账户结余 钱包余额',
  transaction:
    'transaction transactions txn txns tx payment payments claim claims remittance transfer withdrawal purchase purchases refund ledger_entry 交易 支付 转账 汇款 流水 账单 交易金额 交易流水 jiaoyi zhifu zhuanzhang 支付记录 交易记录 消费记录 购买记录 充值记录 提现记录 打赏记录 流水记录',
  credit:
    'credit loan loans mortgage overdue delinquency delinquent arrears default defaulted creditscore creditlimit creditrating creditworthiness repayment instalment installment installments emi collateral housing_loan 信用 贷款 征信 授信 逾期 还款 借款 信用分 信用评分 信用等级 额度 房贷 车贷 daikuan xinyong zhengxin delinq delinq2yrs pastdue npl dpd 不良 违约 dti 欠费 欠款 风险等级 风险评级 fxdj riskrating arrear creditlimits 失信被执行人 被执行人 欠费金额 欠缴 贷款编号 贷款余额 授信额度 逾期天数 抵押金额 抵押 征信评分 芝麻分 负债 负债率 担保额',
  suspicion:
    'fraud fraudulent suspicious suspicion suspect suspects isfraud criminal crime crimes offence offences offense conviction convictions arrest arrests sanction sanctions sanctioned blacklist watchlist aml alert alerts investigation investigations sar pep laundering case_investigation escalated 可疑 欺诈 犯罪 违法 犯罪记录 违法记录 黑名单 案件 嫌疑 处罚 洗钱 失信 涉案 案情 前科 案由 案别 sentence sentences felony misdemeanor infraction infractions violation violations penaltypoints backgroundcheck amlflag watchlisted 罪名 刑期 违法行为 违章 违章记录 交通违法 行政处罚 处分 处分记录 拘留 逮捕 判决 判刑 刑罚 服刑 缓刑 假释 通缉 在逃 涉毒 吸毒 案底 背调 背调结果 背景调查 wfxw wfjfs wzjl wfjl wfnr zmxing',
  // health
  diagnosis:
    'diagnosis diagnoses diag dx icd icd10 icd9 condition conditions disease diseases disorder illness currentillness symptom symptoms complaint severity comorbidity tumor tumour cancer stage pathology problem problems adverse injury chiefcomplaint disability 诊断 诊断编码 诊断名称 主要诊断 疾病 疾病编码 疾病名称 病名 主诉 现病史 既往史 病史 个人史 症状 病种 病情 并发症 手术史 zd zdmc zdbm jbmc jbbm zhenduan jibing icd10code icd9code diagnosiscode diagnosisname indication indications finding findings prognosis histology staging comorbidities deaths_cause mental disabled handicap smoking smoker alcohol drinker pregnancy pregnant gravida parity menstruation gcs nyha asa ckd copd hiv hepatitis diabetes diabetic hypertension hypertensive stroke asthma anaemia anemia infection sepsis 入院诊断 出院诊断 门诊诊断 病理 病理诊断 症状 体征 主诉 主要诊断 次要诊断 其他诊断 诊断结果 确诊 健康状况 健康状态 残疾 残疾类型 残疾等级 传染病 遗传病 慢性病 基础疾病 高血压 糖尿病 吸烟 饮酒 吸烟史 饮酒史 怀孕 孕产 婚育史 月经史 流行病学史 死亡原因 中医诊断 证型 zhusu bingshi bingzhong cyzd ryzd mzzd zyzd medicalhistory pastmedicalhistory pasthistory historyofpresentillness presentillness disabilitystatus healthstatus pregnancies chestpain angina heartdisease thal outcome_dx 临床诊断 西医诊断 初步诊断 hpi pmh ros 健康申报 健康声明 healthdeclaration fatigue drowsiness 疲劳 aeterm aedecod meddra meddrapt reactionmeddrapt drugindication adverseevent adverseevents adversereaction sideeffect sideeffects orpha orphacode disabilities impairment pregnancystatus menstrual menstrualphase menopause lmp accessibility accessibilityneeds medicalcondition mentalhealth addiction substanceuse causeofdeath 适应症 慢病 慢病病种 病因 转归 预后 病理分期 临床分期 分期 分型 证候 舌象 脉象 残疾类别 残障 伤残 伤残等级 妊娠 孕周 孕次 产次 末次月经 月经 生理期 精神状况 体检结论 不良反应 不良事件 不良反应名称 病假 供者诊断 入选诊断 医保诊断',
  allergy:
    'allergy allergies allergen allergens reaction intolerance 过敏 过敏史 过敏原 过敏药物 药物过敏 gms guomin guominshi',
  familyHistory: 'familyhistory 家族史 家族病史 家族遗传史 jzs familyhx fhx 家族疾病史 家族遗传',
  medication:
    'drug drugs medication medications medicine medicines prescription prescriptions dose dosage dosing atc ndc rxnorm sig refills vaccine vaccines immunization immunizations vaccination exposure dispense dispenses supplydays pharmacy 药 药品 药物 药品名称 药名 用药 用法 用量 剂量 处方 医嘱 疫苗 给药 ypmc yaopin yongyao chufang yizhu meds rx regimen chemotherapy chemo insulin antibiotic antibiotics infusion injection opioid 剂型_用 用药史 用药名称 用药频次 频次 给药途径 药嘱 长期医嘱 临时医嘱 医嘱内容 接种 接种疫苗 疫苗名称 jiliang yimiao yf yl 通用名 商品名_药 单次剂量 给药剂量 medicinalproduct medicinalproducts drugname drugcode ingredient strengthdose 药品通用名 用药情况 化疗方案 接种记录 中药 方剂',
  lab: 'lab labs laboratory measurement measurements observation observations specimen loinc vital vitals glucose hba1c cholesterol blood pressure hemoglobin creatinine heartrate temperature biomarker assay labresult 检验 化验 检验结果 检验项目 检验值 检测 化验结果 血压 血糖 血型 体温 心率 标本 样本 收缩压 舒张压 血红蛋白 糖化血红蛋白 jyjg jyxm jyz jianyan bp sbp dbp hr pulse spo2 spo oxygen wbc rbc hb hgb plt platelet platelets ast egfr crp psa inr ldl hdl triglycerides potassium sodium albumin bilirubin urea bun ph waist bodyfat steps sleep calories 呼吸 脉搏 血氧 血脂 血常规 尿常规 肝功能 肾功能 空腹血糖 胆固醇 尿酸 肌酐 白细胞 血小板 腰围 体检 体检结果 检查结果 化验项目 检测结果 检测项目 检验指标 指标值 xueya xuetang xuexing xx trestbps chol thalach oldpeak restecg fbs bloodsugar sugar thickness pedigree skinthickness systolic diastolic hematocrit lactate troponin 测定值 abnormalflag resultflag 异常标志 异常提示 危急值 hrv restinghr restingheartrate bloodoxygen oxygensaturation bodytemp bodytemperature tempbody ecog kps apgar mmse moca nihss phq9 gad7 hamd sf36 sdsscore afp cea tsh viralload cd4 血氧饱和度 静息心率 呼吸频率 视力 左眼视力 右眼视力 裸眼视力 肺活量 听力 抗体 hiv抗体 核酸 核酸结果 生化 转氨酶 ecog评分 量表 量表得分 疼痛评分 bloodtype bloodgroup',
  body: 'bmi height weight 身高 体重 体重 shengao tizhong',
  test: 'test tests testcd 试验',
  result: 'result results 结果 结果值 jg_result 结论 总检',
  procedure:
    'procedure procedures surgery surgeries operation operative treatment treatments intervention careplan careplans devices_implanted therapy anesthesia implant 手术 手术名称 手术编码 操作名称 治疗 术式 麻醉 ssmc shoushu surgical surgeries_name cpt hcpcs drg rehabilitation radiotherapy dialysis transfusion biopsy endoscopy 手术及操作 手术日志 操作 治疗方案 治疗方法 放疗 化疗 透析 输血 护理 护理记录 手术方式 shoushumingcheng',
  visit:
    'visit visits encounter encounters admission admissions admit admitted discharge discharged registration appointment inpatient outpatient hospitalization attendance visitnum visitdy encounterclass 就诊 入院 出院 门诊 住院 挂号 就诊类型 就诊科室 入院科室 出院科室 离院方式 jiuzhen consultation consultations consult triage referral ward_round stay los 科别_就 就医 问诊 咨询 初诊 复诊 急诊 转科 床位 床号 病床 就诊科别 就诊日期类 就医记录 ruyuan chuyuan menzhen zhuyuan 就诊医院 定点医院 就诊机构 转院 转诊',
  visitNo:
    '就诊号 就诊流水号 流水号 就诊编号 就诊id 挂号单号 挂号号 住院流水号 门诊流水号 visitno visitid encounterid encounterno admissionid registrationid jzh jzlsh lsh hadmid icustayid stayid csn pat_enc_csn encid caseid caseno 病例号 就诊序号 住院次数_号',
  imaging:
    'imaging radiology modality xray ct mri dicom ultrasound bodysite sop series seriesuid instanceuid 影像 检查部位 超声 放射 检查项目 检查类型 yxsj mammography mammogram echo ecg eeg echocardiogram pathologyimage slices studydescription 心电图 内镜 胃镜 ct检查 mri检查 x光 磁共振',
  imagingReport:
    'impression radiologyreport findings_text 影像所见 影像诊断 影像表现 检查所见 检查结论 诊断意见 影像描述 检查诊断 镜下所见',
  note: 'note notes text texts comment comments remark remarks narrative summary memo message history linenote freetext 备注 病程 病程记录 小结 病历 病历内容 记录内容 内容 文本 出院小结 入院记录 主观描述 留言 说明 摘要 bz beizhu bingcheng body feedback review reviews opinion question questions ask answer answers reply replies dialogue dialog conversation chat transcript query inquiry bio biography signature intro introduction about post_text tweet caption subject_line 评价 评论 反馈 意见 问题 回复 回答 提问 问答 对话 聊天 聊天内容 消息内容 个人简介 简介 签名 个性签名 自我介绍 描述内容 随访记录 会诊意见 护理记录单 查房记录 正文 话术 通话内容 neirong jianjie pinglun liuyan content contents selfintro aboutme feedbackcomment narrativeincludeclinical narrativetext memotext 诉求内容 办理结果 面试评价 评语 投诉内容 反馈内容 来信内容 申请理由 事由描述',
  gene: 'gene genes genotype genome genomic snp rsid allele hla mutation exome chrom haplotype 基因 基因型 突变 位点 jiyin genotypes genomics genes_list genesymbol variant variants rs dbsnp hgvs zygosity karyotype methylation sequence_dna fastq vcf cnv indel exon transcript_id clinvar haplotypes apoe brca 基因名称 基因检测 变异 突变位点 染色体 等位基因 测序 jiyinxing hgvsc hgvsp snv brca1 brca2 egfr突变 kras 基因突变 突变类型 核型 单倍型 hla分型 变异位点',
  allele: 'ref alt',
  // grammar of names
  id: 'id ids uuid guid identifier 编号 标识 bh bianhao 编码号 jid',
  no: 'no num number nr nbr 号 号码 号数 hao haoma xh nums serial seqno xlh',
  code: 'code codes cd 代码 编码 dm bm daima bianma codeset',
  key: 'key sk pk',
  date: 'date dates dt day dtc 日期 ryrq cyrq jzrq rq riqi 日 年月 rqsj 日期时间 birthday_of yyyymmdd 截止日 riqishijian',
  time: 'time times timestamp datetime ts 时间 sj_time at datetimes createtime updatetime ts_ms dttm epoch gmt utc 时刻 时间点 shijian lastseen lastlogin lastactive lastlogon lastlogontimestamp punchtime tstime signtime 打卡时间 刷卡时间 登录时间 上线时间 下线时间 就诊时间 采集时间 抽血时间',
  year: 'year years yr 年份 年度 nf 年',
  month: 'month months 月份 月',
  start: 'start begin from started onset stdtc 开始 起始 ks',
  end: 'stop end to ended finish entdtc endtc 结束 终止 截止 js',
  created:
    'created create updated update modified insert inserted register registered 创建 更新 修改 录入 登记 joined join hired hire hiredate enrolled enrollment opened open closed expiry expires expiration effective termination terminated resigned signed submitted published ordered delivered shipped checkin checkout admitdate dischargedate 入职 离职 开户 销户 注册 办理 签订 生效 到期 购买 购车 发布 发送 下单 付款 支付时 入住 离店 入学 毕业 转正 建档 报告 审核 采集 就诊时 ruzhi lizhi kaihu zhuce',
  value: 'value values val orres stresc stresn 值 数值',
  description: 'description descriptions desc descr detail details 描述 详情 明细',
  reason: 'reason reasons cause causes 原因 死因',
  type: 'type types category categories kind 类型 类别 分类 lx lb leixing',
  status:
    'status flag fl is valid invalid indicator enabled deleted 状态 标志 是否 zt bz_flag has had can should need was were does zhuangtai isactive active orderstate taskstate jobstate processstate billstate',
  unit: 'unit units 单位名 dw range low high operator qualifier 参考值 参考范围',
  system:
    'system version utilization firmware build release revision protocol 版本 固件 版本号 instrument instruments reagent analyser analyzer 仪器 试剂',
  title: 'title titles 标题 prefix suffix',
  concept_: 'conceptid',
  place: 'place 地点',
  ownership: 'ownership relation relations relationship_to 关系',
  home: 'home work personal current primary main secondary second old new total base 家庭 现 主要 原 当前 referring supervising other mailing billing_to shipping delivery preferred display legal curr',
  quantity: 'quantity qty count counts days number_of 数量 次数 天数 seq sequence 序号',
  index:
    'index idx indices euribor libor gdp cpi ppi inflation 指数 利率 汇率 费率 单价 零售价 批发价 unitprice listprice 标准 所属期 学年 学期 账期 费款所属期 年限 期限',
  event: 'event events occurrence occurrences episode episodes 事件',
  measure:
    'rate percent percentage ratio average avg mean median sum min max length duration level score points size limit speed 率 比率 比例 percentile 区间',
  headcount:
    'population populations headcount inhabitants residents_total households percapita 人数 人口 人口数 总人口 户数 人次 常住人口 床位数 核定床位',
  animal:
    'animal animals species breed pet pets dog dogs cat cats cattle horse horses livestock litter mouse mice rat rats 动物 宠物 品种 犬 猫 牲畜 芯片号',
  agent: 'useragent browser browserused ua 浏览器 客户端 uastring 浏览器标识',
  writing: 'post posts forum forums thread threads ugc blog blogs wall 帖子 论坛 私信 弹幕 社区',
  accounting: 'ledger journal voucher gl coa 科目 凭证号 总账 分录',
} as const satisfies Record<string, string>

export type Word = keyof typeof vocabulary | 'unknown'

/** One word for whom and for their number, which the lists above name apart: 工号 is a number of staff, 学号 of a student. */
const compounds: Readonly<Record<string, readonly [whom: Word, what: Word]>> = {
  工号: ['staff', 'no'],
  警号: ['staff', 'no'],
  gonghao: ['staff', 'no'],
  gh: ['staff', 'no'],
  学号: ['student', 'no'],
  学籍号: ['student', 'no'],
  xuehao: ['student', 'no'],
  uid: ['user', 'id'],
}

const meaning: ReadonlyMap<string, Word> = new Map([
  ...Object.entries(vocabulary).flatMap(([word, spellings]) =>
    spellings.split(/\s+/).map((spelling) => [spelling.replaceAll('_', ''), word as Word] as const),
  ),
  ...Object.entries(compounds).map(([spelling, [whom]]) => [spelling, whom] as const),
])

/** Initials that many words share; alone they prove nothing, with values that agree they do. */
export const ambiguous: ReadonlySet<string> = new Set(
  'hz mz gj jg zy xl sj yx yb nl mc bh dm bm rq lx lb zt bz kh dh dz zz zd fy je xh dw ks js zh hm pj cj jd wd cc gh'.split(
    ' ',
  ),
)

/** Pinyin initials that are only parts of names: who, what of them, what of a stay. `lxrdh` is 联系人 and 电话. */
const initials: Readonly<Record<string, Word>> = {
  br: 'patient',
  hz: 'patient',
  kh: 'customer',
  cbr: 'customer',
  tbr: 'customer',
  bbr: 'customer',
  bbxr: 'customer',
  jkr: 'customer',
  dbr: 'customer',
  syr: 'relative',
  sjr: 'customer',
  shr: 'customer',
  fjr: 'customer',
  lk: 'passenger',
  cjr: 'passenger',
  yg: 'staff',
  ry: 'person',
  gr: 'person',
  js: 'end',
  xs: 'student',
  ks: 'organisation',
  bq: 'organisation',
  yy: 'organisation',
  gs: 'organisation',
  dw: 'organisation',
  yh: 'user',
  hy: 'member',
  cz: 'owner',
  jsy: 'owner',
  hzh: 'owner',
  lxr: 'relative',
  jhr: 'relative',
  jjlxr: 'relative',
  po: 'relative',
  fq: 'relative',
  mq: 'relative',
  ys: 'staff',
  hs: 'staff',
  zzys: 'staff',
  zrys: 'staff',
  jzys: 'staff',
  ssys: 'staff',
  czy: 'staff',
  gh: 'staff',
  xh: 'no',
  nc: 'username',
  aj: 'suspicion',
  lb: 'type',
  gz: 'income',
  sds: 'income',
  jn: 'finance',
  jf: 'finance',
  jbr: 'staff',
  xm: 'personName',
  xb: 'sex',
  nl: 'age',
  csrq: 'birth',
  csny: 'birth',
  sfz: 'nationalId',
  sfzh: 'nationalId',
  sfzhm: 'nationalId',
  sfzjh: 'nationalId',
  zjh: 'nationalId',
  zjhm: 'nationalId',
  dh: 'phone',
  dhhm: 'phone',
  lxdh: 'phone',
  lxfs: 'phone',
  sj: 'mobile',
  sjh: 'mobile',
  sjhm: 'mobile',
  yx: 'email',
  dz: 'address',
  zz: 'address',
  jtzz: 'address',
  jtdz: 'address',
  mz: 'ethnicity',
  gj: 'nationality',
  hyzk: 'marital',
  hyzt: 'marital',
  xl: 'education',
  zy: 'occupation',
  zw: 'occupation',
  zc: 'occupation',
  gzdw: 'employer',
  yhkh: 'card',
  yhzh: 'account',
  zh: 'account',
  ye: 'balance',
  rq: 'date',
  mc: 'name',
  bh: 'no',
  bm: 'code',
  dm: 'code',
  lx: 'type',
  zt: 'status',
  cy: 'visit',
  zd: 'diagnosis',
  ss: 'procedure',
  yp: 'medication',
  cf: 'medication',
  yz: 'medication',
  jy: 'lab',
  jc: 'imaging',
  bs: 'diagnosis',
  jws: 'diagnosis',
  xbs: 'diagnosis',
  gms: 'allergy',
  fy: 'finance',
  je: 'finance',
  sde: 'income',
  fe: 'balance',
}

/** What a name says, word by word, digits at the end left out. `telephoneno` → phone, no. */
export function wordsOf(name: string): NameWords {
  const known = cutBefore.get(name)
  if (known !== undefined) return known
  if (cutBefore.size === mostRemembered) cutBefore.clear()
  const words = cutNow(name)
  cutBefore.set(name, words)
  return words
}

interface NameWords {
  readonly words: readonly Word[]
  readonly raw: readonly string[]
  /** Pinyin initials stand in it: its neighbours are likely to be written so too. */
  readonly initials: boolean
}

// A column is judged beside its neighbours, so that each name is asked for as often as the table has columns.
const cutBefore = new Map<string, NameWords>()
const mostRemembered = 20_000

function cutNow(name: string): NameWords {
  const parts = cut(name)
  return {
    raw: parts.map((part) => part.text),
    words: parts.map((part) => part.word),
    initials: parts.some((part) => part.initials),
  }
}

interface Part {
  readonly text: string
  readonly word: Word
  readonly initials: boolean
}

// 额 and 案 are the only vowels that close or open what is counted here: 金额, 余额, 份额, 所得额, 案件.
const isInitials = /^a?[bcdfghjklmnpqrstwxyz]{2,}e?$/
const sumOfMoney = /^[bcdfghjklmnpqrstwxyz]{1,4}?(?<tail>sde|je|ye|fe)$/

const part = (text: string): Part => ({
  text,
  word: meaning.get(text) ?? 'unknown',
  initials: pinyinInitials.has(text),
})

// Those entries of the vocabulary that are initials of the Chinese words beside them, not English abbreviations.
const pinyinInitials: ReadonlySet<string> = new Set(
  `${Object.keys(initials).join(' ')} sfzjh zjhm sbkh ybkh hzhm jszh blh bah zyh mzh dzyx lxdh hzxm brxm jtzz lxdz jtdh cph csrq csny hyzk zjxy whcd zfy ypmc jyjg ssmc zdmc zdbm jbmc jbbm jzlsh ryrq cyrq jzrq zzmm gzdw yhkh yhzh zhye nsr ysr`.split(
    ' ',
  ),
)

function cut(name: string): Part[] {
  const spaced = name
    .normalize('NFKC')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
  const parts = spaced.match(/[a-z]+\d*|\d+|[\u3400-\u9fff]+/g) ?? []
  const found = parts.flatMap((text) => {
    if (/^\d+$/.test(text)) return []
    if (meaning.has(text)) return [part(text)]
    if (/^[\u3400-\u9fff]/.test(text)) return cutGlued(text, 1, true).map(inside)
    const letters = text.replace(/\d+$/, '')
    if (letters === '') return []
    if (meaning.has(letters)) return [part(letters)]
    return cutInitials(letters) ?? cutGlued(letters, 3, false).map(part)
  })
  const joined = joinPhrases(found)
  // `uid` is a user's number by itself or beside from and to; `series_uid` is unique and nobody's.
  const ofUser = joined.every(({ text, word }) => text === 'uid' || ['start', 'end', 'home'].includes(word))
  return joined.flatMap((one) => {
    const what = compounds[one.text]?.[1]
    // 挂号时间: the initials of 工号 were read as something else.
    if (what === undefined || one.word !== compounds[one.text]?.[0]) return [one]
    return one.text === 'uid' && !ofUser ? [{ ...one, word: 'unknown' }] : [one, { ...one, word: what }]
  })
}

// `national_identifier`, `heart_rate`: neighbours that mean nothing alone and something together.
function joinPhrases(parts: readonly Part[]): Part[] {
  const joined: Part[] = []
  for (let at = 0; at < parts.length; at++) {
    const [one, two, three] = parts.slice(at, at + 3)
    const both = two === undefined ? '' : `${one?.text}${two.text}`
    const all = three === undefined ? '' : `${both}${three.text}`
    const length =
      [one, two, three].some((p) => p?.word === 'unknown') && meaning.has(all)
        ? 3
        : [one, two].some((p) => p?.word === 'unknown') && meaning.has(both)
          ? 2
          : 1
    joined.push(part(length === 3 ? all : length === 2 ? both : (one?.text ?? '')))
    if (length === 1 && one !== undefined) joined[joined.length - 1] = one
    at += length - 1
  }
  return joined
}

// `zdbm` → zd, bm: two or three parts that the list knows, and nothing left over; `z` before (总) and `h` behind (号) are
// letters of their own.
function cutInitials(letters: string): Part[] | undefined {
  const numbered = /^(.+)id$/.exec(letters)?.[1] ?? ''
  if (initials[numbered] !== undefined && letters !== 'grid') {
    return [
      { text: numbered, word: initials[numbered], initials: true },
      { text: 'id', word: 'id', initials: false },
    ]
  }
  if (!isInitials.test(letters) || letters.length < 3 || letters.length > 10) return undefined
  const cuts = (rest: string, depth: number): string[] | undefined => {
    if (rest === '') return []
    if (depth > 0 && rest === 'h') return ['h']
    if (depth === 3) return undefined
    for (let length = Math.min(6, rest.length); length >= 2; length--) {
      const head = rest.slice(0, length)
      if (wordOf(head) === undefined) continue
      const tail = cuts(rest.slice(length), depth + 1)
      if (tail !== undefined) return [head, ...tail]
    }
    return undefined
  }
  const found = cuts(letters, 0) ?? (letters.startsWith('z') ? cuts(letters.slice(1), 0) : undefined)
  if (found === undefined) {
    // Whatever stands before it, a sum of money closes a name: sgje, jyje, ynssde.
    const tail = sumOfMoney.exec(letters)?.groups?.['tail']
    return tail === undefined ? undefined : [{ text: letters, word: initials[tail] ?? 'unknown', initials: true }]
  }
  const last = found.length - 1
  return found.map((text, at) => ({ text, word: wordOfInitials(text, at, last, found), initials: true }))
}

// Three letters and more are initials of one word wherever they stand: zzmm in zzmmdm.
const wordOf = (text: string): Word | undefined =>
  initials[text] ??
  (text.length >= 3 && pinyinInitials.has(text) && !/(?:mc|bm|dm)$/.test(text) ? meaning.get(text) : undefined)

function wordOfInitials(text: string, at: number, last: number, all: readonly string[]): Word {
  // 纳税人 before anything of theirs, 年收入 alone.
  if (text === 'nsr' && at < last) return 'customer'
  if (text === 'h') return 'no'
  // 入院日期, 入院诊断: what is dated or diagnosed is a stay, not a person.
  if (text === 'ry' && at < last && !['xm', 'xb', 'nl', 'lx', 'bh'].includes(all[at + 1] ?? '')) return 'visit'
  // 民族 and 职业 close a name; 门诊 and 住院 open one.
  if (at < last && ['dm', 'mc'].includes(all[at + 1] ?? '')) {
    if (text === 'mz') return 'ethnicity'
    if (text === 'zy') return 'unknown'
  }
  if ((text === 'mz' || text === 'zy') && at < last) return 'visit'
  if (text === 'zz' && at < last && ['ys', 'hs'].includes(all[at + 1] ?? '')) return 'staff'
  const next = all[at + 1] ?? ''
  const before = initials[all[at - 1] ?? '']
  // 手机 is somebody's or goes on with 号; elsewhere it is 时间 that closes a name and 实际 or 税金 that opens one.
  // 挂号时间: a registration, where 工号 has no time.
  if (text === 'gh' && ['sj', 'rq', 'ks', 'lx', 'je', 'fy'].includes(next)) return 'visit'
  if (text === 'sj' && all[at - 1] === 'gh') return 'time'
  if (text === 'sj' && next !== 'h') return at < last ? 'unknown' : at > 0 && !isSomebody(before) ? 'time' : 'mobile'
  if (text === 'jy' && ['je', 'ye', 'sj', 'rq', 'lx', 'zt'].includes(next)) return 'transaction'
  if (text === 'cy' && next === 'fe') return 'unknown'
  if (text === 'js' && ['xm', 'gh', 'dh', 'zc'].includes(next)) return 'staff'
  // 行业代码, 账单状态: of a trade and of a bill.
  if (text === 'hy' && ['dm', 'mc', 'lb', 'fl'].includes(next)) return 'unknown'
  if (text === 'zd' && next === 'zt') return 'unknown'
  // 出发, 机场 or 简称; 处方 and 检查 do not stand together.
  if (text === 'jc' && at === last && at > 0) return 'unknown'
  if (text === 'cf' && next === 'jc') return 'unknown'
  return wordOf(text) ?? 'unknown'
}

const isSomebody = (word: Word | undefined): boolean => word !== undefined && somebody.has(word)
const somebody: ReadonlySet<Word> = new Set<Word>([
  'patient',
  'customer',
  'passenger',
  'person',
  'student',
  'user',
  'member',
  'owner',
  'relative',
  'staff',
])

// 未成年人姓名: a character that closes the names of days, numbers and places says nothing in the middle of one.
const inside = (text: string, at: number, all: readonly string[]): Part =>
  at > 0 && at < all.length - 1 && closing.has(text) ? { text, word: 'unknown', initials: false } : part(text)

const closing: ReadonlySet<string> = new Set('年 月 日 名 号 市 县 区 省 州 率'.split(' '))

// Latin words run together count only when the list covers them wholly; Chinese names may hold words we do not know.
function cutGlued(text: string, shortest: number, partly: boolean): string[] {
  const best: ({ readonly cost: number; readonly parts: readonly string[] } | undefined)[] = [{ cost: 0, parts: [] }]
  for (let end = 1; end <= text.length; end++) {
    for (let from = Math.max(0, end - 16); from < end; from++) {
      const before = best[from]
      if (before === undefined) continue
      const part = text.slice(from, end)
      const known =
        meaning.has(part) &&
        (part.length >= shortest ||
          (end === text.length && from >= 3 && ['id', 'no', 'dt', 'cd', 'ip', 'at'].includes(part)))
      if (!known && !(partly && part.length === 1)) continue
      const cost = before.cost + (known ? 1 : 3)
      if ((best[end]?.cost ?? Infinity) > cost) best[end] = { cost, parts: [...before.parts, part] }
    }
  }
  const whole = best[text.length]
  return whole === undefined ? [text] : [...whole.parts]
}
