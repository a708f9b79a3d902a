// Contracts for the tests of this trade: invented parties, every point of Order 11 art. 9 in a paragraph of its own article.

export const goodContract = `数据出境协议
甲方：示例单位（模拟）　乙方（境外接收方）：Example Centre
双方经协商签订本协议，适用中华人民共和国法律，以中文文本为准。
第一条　甲方为联合统计的目的，以跨境专线加密传输的方式向境外接收方提供附件一所列数据项范围内的数据；境外接收方仅用于研究协作的统计分析用途，以封闭环境存储、统计的方式处理。
第二条　数据保存在荷兰阿姆斯特丹的数据中心，保存期限至2028年12月31日；期限届满、处理目的实现或者协议终止时，境外接收方应当删除或者返还数据。
第三条　境外接收方不得向任何第三方提供数据；经甲方书面同意再提供的，应当与该第三方约定不低于本协议的保护义务。
第四条　境外接收方实际控制权或者经营范围发生实质变化，所在国家法律政策、网络安全环境发生变化，或者发生不可抗力，难以保障数据安全的，应当立即通知甲方并暂停处理。
第五条　任何一方违反义务的，应当采取补救措施并承担违约责任，赔偿损失；因本协议发生的争议提交仲裁解决。
第六条　数据遭到篡改、破坏、泄露、丢失或者非法利用的，境外接收方应当立即启动应急处置并通知甲方；个人可以通过约定的联系方式行使查阅、更正、删除等权利。
本协议自双方签署盖章之日起生效。
附件一　出境的数据项：入组编号、性别、结果。`

export const goodContractInEnglish = `Data export agreement
This agreement is made between Example Handler (Party A) and Example Centre (Party B, the recipient). The Chinese version prevails.
Article 1. For the purpose of joint statistics Party A transfers the data items listed in annex 1, in the manner of an encrypted dedicated line; the recipient shall use the data only for the statistics of the study and shall process them by means of storage and analysis in a closed environment. The scope of the data is that of annex 1.
Article 2. The data are stored in a data centre located in Amsterdam for a retention period until 31 December 2028. Upon expiry of the period, when the purpose is achieved or on termination of this agreement the recipient shall delete or return the data.
Article 3. The recipient shall not provide the data to any third party without the written consent of Party A; such third party must be bound by the same obligations of protection.
Article 4. On a change of actual control or of the scope of its business, a change of the law or network security of its country, or force majeure, the recipient shall notify Party A and suspend the processing.
Article 5. A party in breach shall take remedial measures and is liable for damages caused by the breach; any dispute is settled by arbitration.
Article 6. If the data are leaked, lost or tampered with the recipient shall immediately notify Party A and begin emergency response; individuals may exercise their rights of access, correction and deletion through the contact point.
Signed and effective on the date of the last signature.
Annex 1. Data items: enrolment number, sex and result.`
