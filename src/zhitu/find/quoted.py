"""Names in quotation marks that the report says are run: which quotes name programs, and with which class word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhitu.lexicon.matcher import MARKS
from zhitu.lexicon.programs import topics
from zhitu.model import Mention, Sentence

CLASS = r"""
    # reforms, systems, models
    改革 | 改革试点 | 试点 | 制度 | 管理制度 | 制 | 机制 | 模式 | 体系 | 工作体系 | 做法 | 经验 | 实践
  | 品牌 | 工作室品牌 | 工作法 | 议事法
    # campaigns and works
  | 活动 | 行动 | 工程 | 计划 | 项目 | 创建 | 建设 | 整治 | 治理 | 攻坚战 | 攻坚 | 攻势 | 大会战 | 会战 | 战役
  | 大排查 | 大起底 | 大清查 | 大走访 | 走访 | 巡访
    # where it is brought: “民法典”进社区
  | 进社区 | 进校园 | 进企业 | 进家庭 | 进农村 | 进机关 | 进万家 | 进工地 | 进园区
    # platforms and media
  | 平台 | 系统 | (?<![\u4e00-\u9fff])模块 | 移动端 | 公众号 | 小程序 | APP | 客户端 | 网站 | 专栏 | 栏目 | 节目 | 微博 | 抖音号 | 视频号 | 短视频
  | 直播间 | 直播 | 情景剧 | 微电影 | 热线 | 专线 | 矩阵 | 应用 | 场景 | 地图 | 码 | 指数
    # services
  | 服务法 | 服务 | 服务体系 | 服务车 | 服务船 | 办税 | 办理 | 联办 | 快办 | 速办 | 通办 | 帮办 | 代办 | 套餐 | 礼包 | 服务包
  | 专区 | 专窗 | 综合窗口 | 窗口 | 直通车 | 绿色通道 | 便民措施 | 便民举措 | 惠企措施 | 惠企举措
  | 帮扶(?=工作) | 驻村 | 包联 | 包保
    # supervision, by several together
  | 审批 | 监管 | 执法 | 联合执法 | 联勤 | 巡回审判 | 督察 | 督查 | 检查 | 监督 | 监测 | 公示 | 巡护 | 巡查
  | 分级管理 | 分类管理 | 精细化管理 | 动态管理 | 会诊 | 联审 | 协作 | 联盟
  | 网络(?<=协作网络) | 网络(?<=服务网络) | 网络(?<=调解网络)
    # mediation and talks
  | 调解 | 调解法 | 恳谈会 | 院坝会 | 板凳会 | 说事会 | 圆桌会 | 茶话会
    # law and the Party made known
  | 普法 | 普法栏目 | 普法号 | 学法 | 述法 | 党建 | 主题教育 | 专题教育 | 宣讲车 | 宣讲 | 巡讲
  | 宣传周 | 宣传月 | 宣传 | 宣传日 | 主题周 | 活动周 | 活动月 | 活动日
    # teaching
  | 大讲堂 | 讲堂 | 讲座 | 讲坛 | 课堂 | 课程 | 学堂 | 论坛 | 沙龙 | 研讨 | 大讨论 | 大学习 | 培训班 | 培训
  | 大练兵 | 练兵 | 演练 | 夏令营 | 冬令营 | 训练营
    # contests and shows
  | 评选 | 评比 | (?<!方式)评查 | 评议 | 评价 | 征文 | 竞赛 | 竞答 | 比武 | 比赛 | 辩论赛 | 演讲赛 | 知识赛 | 广告赛 | 大赛
  | 展演 | 文艺演出 | 专场演出 | 汇演 | 巡演 | 巡展
"""
TAIL_STOP = re.compile(
    r"""
      # particles: “X”平台|已, “X”活动|让
      [的了和与及等是在将被把从对由至到也] | (?<!行)为 | (?<!双)向 | 可以 | 已 | 让 | 使 | 获 | 称[作为] | 代指 | 是指 | 指(?=[此该一])
      # what is done with it: “X”改革|推进, “X”平台|上线
    | 推进 | 推动 | 开展 | 落实 | 实现 | 进行 | 完成 | 加快 | 提高 | 提升(?!工程|行动|计划) | 发布 | 推送 | 更新 | 要求
    | 上线 | 运行(?!机制|模式|体系) | 建成 | 编制 | 选址 | 开工 | 竣工 | 投产 | 创建(?=[国省市区县全])
    | 缩短 | 压缩 | 减少 | [两三四五](?:种|条)(?:途径|方式|路径)
    | 奋力 | 勇当 | 争当 | 谱写 | 牵引 | 带动 | 引领 | 驱动
      # what comes of it
    | 取得 | 得到 | 成为 | 入选 | 列入 | 纳入 | 覆盖 | 惠及 | 累计 | 新增 | 解决了 | 共(?=[\d计有惠]) | 成效
      # how and when
    | 动态 | 年度 | 持续 | 深入 | 以来 | 常态 | 全覆盖 | 走深 | 有序 | 各项 | 首批 | 全国 | [一二三四]期
      # parts: “X”工作|基础, “X”平台|服务; 专题讲座 is a class word
    | 子项目 | (?<=平台)服务 | (?<=热线)服务 | 工作(?=[基任开情]) | 基础
    | 专题(?!节目|栏目|[\u4e00-\u9fff]{0,2}讲座|宣传|活动|普法|培训)
    """,
    re.VERBOSE,
)
ANY_CLASS = re.compile(CLASS, re.VERBOSE)
RUN_BEFORE = re.compile(
    r"""(?:
      # begin, set up, open
      启动 | 推出 | 首推 | 首创 | 创设 | 设立 | 建立 | 建成 | 共建 | 构建 | 搭建 | 打造 | 创建 | 开通 | 开设 | 上线 | 创新 | 探索
      # carry out
    | 推行 | 实行 | 执行 | 实施 | 开展 | 落实 | 举办 | 举行 | 组织 | 试点 | 试办 | 运用 | 依托 | 通过 | 坚持 | 纳入 | 投入
      # push, spread, better
    | 推进 | 推动 | 推广 | 推开 | 深化 | 健全 | 完善 | 优化 | 升级 | 夯实 | 实现 | 形成 | 培育 | 抓好 | 做好 | 做强 | 擦亮
    )了?
    # others of a list, and what stands before the quote: 推行网格长、楼栋长、“X”
    (?:[\u4e00-\u9fff]{3,8}、){0,2}[\u4e00-\u9fffA-Za-z0-9]{0,8}$""",
    re.VERBOSE,
)
# verbs that are said of programs only; 打造, 实现, 推动, 坚持 go with goals as well
START_BEFORE = re.compile(
    r"""
      # tried or opened
      (?:试行|试点|试用|开办|办起)了?$
      # what it is named as: 抖音号“X”
    | (?:抖音号|视频号|公众号|小程序|专栏|栏目|APP)$
    | (?:
        # begin
        启动 | 推出 | 首推 | 首创 | 创设 | 开设 | 开通 | 上线 | 搭建 | 探索 | 创新
        # carry out and spread
      | 推行 | 实行 | 实施 | 开展 | 举办 | 举行 | 落实 | 深化 | 推广 | 运用 | 纳入
      )了?
      # for whom: 推行企业“X”
      (?:基层|全面|企业|群众|村居|[省市区县]级)?$
    """,
    re.VERBOSE,
)
# 推行行政处罚“说理式文书”: what governing is about may stand between
OF_GOVERNING = re.compile(
    r"""
    (?:推行|实行|开展|落实|推进|实施|试行|举办|举行)了?
    (?:
      # law and its enforcement
      行政 | 执法 | 法治 | 普法 | 案卷 | 复议 | 审批 | 政务
      # disputes
    | 矛盾纠纷 | 信访 | 调解
      # markets and enterprises
    | 市场监管 | 商事登记 | 企业登记 | 涉企 | 税收 | 不动产 | 工程建设
      # other matters
    | 安全生产 | 城市管理 | 医保 | 生态环境 | 社会治理 | 基层治理
    )
    [\u4e00-\u9fff]{0,6}$
    """,
    re.VERBOSE,
)
BEGUN = re.compile(
    r"(?:[也均都]|已经?)?(?:全面|正式|全部|同步|率先)(?:推行|推开|铺开|推广|实施|上线|启用|启动|试行)(?![的后以])"
)
# “X”由Z首创, “X”在Y村试点
BY_OTHERS = re.compile(
    r"由[^,。;]{2,24}?(?:首创|发起|开发|牵头|主抓|承办|主办|建设|运营|打造)|在[^,。;]{2,20}?(?:试点|试行|推广|推开|铺开|落地|开花)|试行"
)
# X镇“Y”: whose it is
OF_PLACE = re.compile(r"(?:[县市旗州镇乡盟]|(?<![农牧渔全各])[村区]|街道|分局|[支中]队|司法所)的?$")
# X镇“Y”、Z村“W”|化解纠纷…, 受到肯定
PRAISED = re.compile(
    r"""
    (?:、[\u4e00-\u9fff]{2,14}?(?:[县市旗州镇乡村区]|街道|社区)的?“[^“”]{2,12}”)*
    (?:
      等[\u4e00-\u9fff]{0,6}(?:经验|做法|模式|品牌|案例)
    | (?:等|分别|先后|均|都|也)*(?:各具|各有|受到|得到|深受|广受|被[^,。;]{2,20}?(?:推介|推广|推荐|表扬|肯定|评为|转发|报道|编入|列为)|获[^,。;]{2,16}?(?:肯定|表扬|推广|批示|奖)
        |入选[^,。;]{2,24}?(?:案例|典型|名单|项目|经验))
    | (?:等|分别|先后|均|都|共|累计)*(?:化解|调解|调处|解决|接待|服务)[\u4e00-\u9fff]{0,8}\d
    )
    """,
    re.VERBOSE,
)
SPREAD = re.compile(r"向[^,。;]{1,8}延伸|扩面|提质|落地|增效|走深")
STRIVING = re.compile(r"(?:坚持|实现|推动|形成|做好|落实好|努力|着力)[\u4e00-\u9fff]{0,4}$")
# what may follow a bare quote without being the noun that it qualifies
AFTER_BARE = re.compile(
    r"""
      # marks and the end
      [^\u4e00-\u9fff] | $
      # particles; 中 but not 中国, 中心
    | [的等为在和与及以并让使向由到从进后上将则就也都] | 中(?![国心小央华医]) | 共 | 获 | 以来 | 以案
      # how it is done
    | 持续 | 深入 | 全面 | 积极 | 不断 | 各项 | 全覆盖 | 常态 | 走深 | 落地 | 有序
      # what grows
    | 范围 | 力度 | 功能 | 深度 | 成效
      # what is done with it, or what it does
    | 工作 | 推动 | 推进 | 推行 | 实现 | 实施 | 开展 | 运行 | 建成 | 促进 | 加快 | 提升 | 试点
    | 取得 | 得到 | 覆盖 | 惠及 | 解决 | 受理 | 办理 | 累计
      # what it is: “X”品牌
    | 理念 | 品牌 | 做法 | 经验 | 管理(?=[,。;、]|$) | 事项(?=\d|[,。;、]|$)
    """,
    re.VERBOSE,
)
# behind a name that ends in its own class word: what else follows is done with it, or is another thing
KIND_OF_ITS = re.compile(
    r"(?:微信)?(?:小程序|公众号)|APP|客户端|移动端|工作(?:机制|体系|法)?|(?:专项|示范|系列|主题)?(?:活动|行动)|工程|项目|品牌|改革|试点|建设|创建|"
)
# “渔家小帮办”累计服务群众300人次: what does so much is no slogan
DOES = re.compile(
    r"""
    (?:共|已|累计|全年|年内|先后)*
    (?:
      # teaches and shows: 开课12期
      开讲 | 开课 | 举办 | 举行 | 巡讲 | 巡回 | 推文 | 刊发 | 播出 | 曝光 | 解答
    | 在[^,。;]{2,16}?(?:开课|开讲|推广|运行|落地|铺开)
      # is seen by so many
    | 播放量 | 阅读量 | 点击量 | 浏览量 | 粉丝 | 关注
      # grows and reaches
    | 发展到 | 发展至 | 增至 | 增加到 | 扩大到 | 走进 | 邀请 | 吸引 | 惠及
      # handles
    | 接访 | 接待 | 接办 | 调处 | 调解 | 化解 | 解决 | 办件 | 办理 | 办结 | 处理 | 受理 | 清理 | 服务 | 发放
    | 走访 | 排查 | 查处 | 整治
      # gathers and sends
    | 录入 | 归集 | 整合 | 集成 | 收集 | 推送
    )
    [^,。;、]{0,10}?\d
    """,
    re.VERBOSE,
)
PROGRAM_WORD = re.compile(
    r"""
      # campaigns
      整治 | 攻坚 | 会战 | 计划 | 行动 | 工程 | 创建 | 活动 | 承诺 | 清单
      # one for each: 一村一法律顾问
    | 一[村镇企户校所园业街案事店人乡县社][\u4e00-\u9fff]?一[\u4e00-\u9fff]
      # numbers: “1+3”, “三五”
    | [一二三四五六七八九十\d]+[+\d一二三四五六七八九十N] | [+]
      # reforms and rules
    | 办 | 审批 | 机制 | 模式 | 制 | 法 | 普法 | 调解 | 执法 | 监管 | 服务 | 改革
      # platforms
    | 平台 | 系统 | 热线 | 直通车 | 码 | 通 | 网 | 地图 | 超市
      # teaching and talks
    | 讲堂 | 课堂 | 讲坛 | 议事 | 说事 | 夜学 | 夜校
      # places and things that stand for a service: “法治驿站”, “警民会客厅”, “企业管家”
    | 驿站 | 书记 | 厨房 | (?<=[企法警检商民])会客厅 | 茶馆 | 喇叭 | 小院 | 板凳 | 夜市 | 集市 | 门诊 | 体检 | 处方 | 管家
    | 信箱 | 前哨 | 银行 | 菜单 | 专列
      # days: “企业安静期”, “局长接待日”
    | 安静期 | 宁静期 | 宁静日 | 安静日 | 生产期 | 接待日
    """,
    re.VERBOSE,
)
# quoted words that are no programs: doctrines, slogans, pictures of speech, results
SET_UP = re.compile(r"管理(?:制度|机制)$|试点$")  # what makes a program even of a topic
SLOGAN = re.compile(
    r"""(?:
      # ways of thinking, aims
      思维 | 意识 | 理念 | 思想 | 精神 | 原则 | 方针 | 总要求 | 总目标 | 方向 | 共识 | 大道理 | 标尺
      # doctrine and plans by number: 十四五, 四个意识, 三个必须
    | 十四五 | 十三五 | 十二五 | 三农 | 两个维护 | 四个意识 | 四个自信 | 四个全面 | 五位一体 | 两个确立 | 两个大局 | 国之大者
    | 个严禁 | 个到位 | 个全力 | 个一律 | 个不准 | 个必须 | 铁规 | %(?<=\d%)
      # where difficulty lies
    | 入口 | 出口 | 关口 | 门槛 | 死角 | 盲点 | 盲区 | 顽疾 | 痛点 | 难点 | 堵点 | 脖子 | 公里 | 短板 | 弱项
    | 绊脚石 | 拦路虎 | 中梗阻 | 老大难 | 硬骨头 | 烂尾
      # what binds
    | 指挥棒 | 紧箍咒 | 护身符 | 红线 | 底线 | 生命线 | 高压线 | 硬约束 | 软约束 | 硬任务 | 零距离 | 零容忍 | 零障碍
      # who stands in front
    | 主力军 | 排头兵 | 先锋 | 头雁 | 火车头 | 领头羊 | 领头雁 | 领路人 | 带头人 | 一把手 | 关键少数
      # other persons
    | 多面手 | 明白人 | 店小二 | 娘家人 | 老娘舅
      # what drives and keeps
    | 牛鼻子 | 大合唱 | 组合拳 | 加速度 | 引擎 | 助推器 | 试验田 | 压舱石 | 稳定器 | 晴雨表 | 风向标 | 度量衡 | 主阵地
    | 护城河 | 防火墙 | 安全阀 | 减压阀 | 一盘棋 | 先手棋 | 定盘星 | 主心骨 | 同心圆 | 最大公约数 | 源头活水 | 双刃剑
      # what is shown
    | 金名片 | 名片 | 样板 | 风景线 | 里程碑 | 打卡地 | 打卡点 | 新篇章 | 答卷 | 大考之年 | 收官 | 决胜 | 开局 | 起步
    | 后半篇 | 前半篇 | 后半篇文章 | 必修课 | 第一课 | 关键词 | 主旋律 | 最强音
      # what is fought
    | 保护伞 | 微腐败 | 破窗效应 | 两张皮 | 跑腿 | 奇葩证明 | 土政策 | 一刀切 | 一阵风 | 一股风 | 走过场 | 蜻蜓点水
    | 铁饭碗 | 烫手山芋 | 米袋子 | 菜篮子 | 果盘子 | 钱袋子
      # what is won
    | 连冠 | 连胜
      # states, and what is governed
    | 政府 | 社会 | 中国 | 国家 | 黑名单 | 白名单 | 红头文件 | 无形的手 | 有形的手 | 里子 | 面子
    | 放权 | 接得住 | 管得好 | 用得好 | 满意 | 幸福
    )$""",
    re.VERBOSE,
)
USED = re.compile(r"(?:使用|启用|运用|依托|利用|通过)$")  # 使用“无证明系统”出具证明
FIGURE_OF_SPEECH = re.compile(r"走向|迈向|奔向|转向|变成|成为|^大[\u4e00-\u9fff]{2}$")  # “大网络”
BRANDED = re.compile(
    r"(?:整治|品牌|工作法|制度|机制|监管|行动|计划|工程|活动|巡演)$"
)  # “老娘舅”调解品牌: the word alone is a picture of speech
DOCTRINE = re.compile(
    r"""
      # teachings of the Party
      不忘初心 | 牢记使命 | 三严三实 | 两学一做 | 三会一课 | 党史 | 主题教育 | 五位一体 | 三个代表 | 中国梦 | 一带一路 | 八项规定
    | 新时代 | 总书记
      # by number: “四个全面”, “两个确立”, “十个坚持”
    | 四个(?:重点|体系|城区|方面|领域|意识|自信|全面|伟大|服务|定力|必须|坚持|正确|走在) | 两个(?:重要|维护|确立|大局|毫不动摇|布局|百年|结合|答卷|务必|先行|一以贯之)
    | [一二三四五六七八九十]{1,2}个坚持
      # congresses
    | 十[一二三四五六七八九]大 | 二十大
      # others: “双区”, “100%”, “一场”…
    | ^双区 | %$ | ^一场(?!景)
    """,
    re.VERBOSE,
)
SYSTEM_OF = re.compile(
    r"(?:调解|治理|监督|监管|防控|执法|工作)(?:工作)?(?:体系|格局|机制|模式)$"
)  # “五位一体”大调解体系
HONOUR_BEFORE = re.compile(
    r"(?:荣获|获评|获得|获|被评为|评为|评选为|授予|命名为?|入选|列为|推荐为|认定为|确定为|表彰为|评选|称为|誉为|跻身|蝉联|摘得|夺得|创成|称号)了?(?:全国|全省|全市|[省市区县]级?|国家级?)?[\u4e00-\u9fff\d]{0,10}$"
)
HONOUR_AFTER = re.compile(r"^(?:等)?(?:的)?(?:荣誉)?(?:称号|先进|荣誉|奖|示范单位|示范点|示范基地|先进集体|优秀)")
NOT_TAIL = re.compile(
    r"""
      # 理 as in 治|理, but not 理念; areas
      ^理(?![念论事顺]) | ^(?:功夫|区域|片区|地带|沿线)
      # “X”的, if no class word follows: “X”的改革 goes on
    | ^的(?! 改革 | 制度 | 机制 | 模式 | 平台 | 活动 | 行动 | 工程 | 体系 | 架构 | 办法 | 做法 | 法子
          | [\u4e00-\u9fff]{2,12}(?:改革|制度|机制|模式|平台|体系|架构|套餐|办法))
    | ^(?:的)?(?:总体)?
      (?:
        # states and forms: “X”新业态, “X”服务型
        等?新?业态 | 法治政府 | 服务型 | 现代化
        # turns into: 转变, but not 转移支付
      | 转(?!移支付) | 变 | 向 | 升级为 | 外 | 内 | 为 | 是
        # ideas and aims
      | 原则 | 思想 | 理念 | 要求 | 精神 | 思路 | 目标 | 方针 | 规划 | 专项规划 | 标准 | 定位 | 口径 | 字样
        # troubles, but not their treatment: “X”问题专项整治
      | 问题(?!(?:专项)?(?:整治|治理|清理)) | 现象 | 难题 | 困境 | 瓶颈 | 行为
        # effects and conditions
      | 作用 | 作风 | 局面 | 格局 | 氛围 | 效应 | 优势 | 意识 | 现状 | 关系
        # times: “十四五”期间
      | 时期 | 期间 | 末 | 以来 | 收官 | 开局
      )
    """,
    re.VERBOSE,
)
# behind the class word the noun goes on: “境内关外”特殊监管区
GOES_ON = re.compile(
    r"(?:示范|先行|试验|实验)[区县市镇园]|区(?![域直级委政人属里])|员(?![会工])|园|带(?![动头来领])|圈|队伍|人才|人员|岗位|资金|站|馆|厅|志愿者|志愿服务|联合体|保障网|网络|架构|指挥|方式|方法"
)
TARGET = re.compile(
    r"(?:^|[,。;、]|积极|严厉|坚决|依法|持续|深入|集中|重点|大力|全面|开展|严肃|有效|专项|联合)"
    r"(?:整治|打击|取缔|查处|清理|严查|严打|治理|遏制|清查|纠治|杜绝)了?$"
)  # 整治“黑网吧”
PHASE = re.compile(r"^(?:第?[一二三四五]期|[一二三四五]期工程)")
RENEWAL = re.compile(r"(?:机制|体制|制度|模式|科技|技术|理论|管理|产业|自主|协同)创新$")  # no verb
CUT = re.compile(
    r"[反非]$|(?:不能?搞|不得搞|杜绝|防止|避免|严禁|摒弃)[\u4e00-\u9fff]{0,4}$|从“[^”]*”到$"
)  # the name begins before the quote: 反“吃拿卡要”热线, 从“国门”到“家门”
# technique and kinds of enterprise, named in quotes like programs
TECHNIQUE = re.compile(r"(?:技术|应用|场景)")
RESEARCH = re.compile("技术|材料|芯片|装备|电池|产线|生产线|设备")  # “印制电路板加工技术”项目
FIRMS = re.compile(r"单项冠军|小巨人|隐形冠军|瞪羚|独角兽|专精特新")
FOSTERING = re.compile(r"计划|工程|行动|培育|专项|政策")
# a number and a kind alone: what the “十大行动” are about stands before them
NUMBERED = re.compile(
    r"[一二两双三四五六七八九十百千\d]+[大项个重]?(?P<kind>计划|行动|攻坚|会战|工程|平台|机制|任务|战役|举措|方面|字|条|[年日](?:行动|攻坚|会战|整治))(?:计划)?"
)
MATTER = re.compile(
    r".*(?:推行|实行|开展|打造|推进|落实好?|建立|实施|深化|推动|健全|完善|组织|启动|推出|构建|搭建|抓好|做好|出台|制定|印发|巩固)了?(?:[省市区县州旗镇乡](?:委|政府)?|国家|国务院)?(?P<matter>[\u4e00-\u9fff]{0,14})$"
)
AMONG = re.compile(
    r"等(?:(?!优质|好|先进|各类|一批|系列|多|新业态)[\u4e00-\u9fff]){0,6}?(?:品牌|活动|模式|机制|工作法|做法|改革|政策体系|专项行动)"
)
KIND_BEHIND = re.compile(r"等[一二三四五六七八九十\d]*[大项个类]?([\u4e00-\u9fff]{2,8})")  # 等四大科学装置
OWN_CLASS = re.compile(
    r"(?:计划|行动|工程|平台|系统|活动|模式|机制|制度|改革|体系|品牌|工作法|讲堂|讲坛|课堂|直通车|夜校|热线|法网|专窗|窗口|专区)$"
)
# “民法典进医院”: where it is brought names it
BROUGHT = re.compile(
    r"[^进]{2,6}进(?:校园|军营|社区|乡村|农村|企业|机关|单位|家庭|医院|景区|市场|商圈|工地|寺庙|宗教场所|网络|万家|牧区|林区|园区|网格|楼宇)"
)
DEVELOPED = re.compile(r"(?:建设|开发|研发)了?$")
PLATFORM_CORE = re.compile(r"(?:网|平台|系统|云|码)”$")  # 建设“青海执法云”
APP = re.compile(r"“[\u4e00-\u9fff]{2,5}(?:通|码|云)”$")  # “赣政通”覆盖全省
SAID = re.compile(r"(?:提出|指出|强调|要求|明确|规定)了?[:,]?$")  # 提出“实行报告制度”: words, and no name
CLAUSE_START = re.compile(r"(?:^|[,。;:])$")
# how a thing is done names it only with what it is for: 国际化人才“一站式”服务平台
MANNER = re.compile(r"直通车|绿色通道|[\u4e00-\u9fff]{1,4}(?:式|一体|一体化|大数据|全流程|全链条|全周期)|大数据|一体化")
OF_MANNER = re.compile(r"(?:平台|系统|模式|机制|体系)$")
LEAD = re.compile(r"(?:智慧|数字)$")  # 智慧“大脑”建设
KIND_ONLY = re.compile(r"[化式型]”$")
COUNTED = re.compile(r"等|[一二两三四五六七八九十\d]+[大项个类]")
WORKS = re.compile(
    r"""
      # houses
      大厦 | 大楼 | 商圈 | 拆迁 | 安置房 | 公园
      # roads, rails and waters
    | 大道 | 主?干道 | 主干路 | 快速路 | 步行街 | 铁路 | 公路 | 绿道 | 水系 | 交通 | 路网 | 慢行 | 码头 | 通廊 | 隧道
    | 枢纽 | 轨道 | 管网 | 骨架
      # gear and nets
    | 装备 | 物资 | 设备 | 装置 | 通信网络 | 专网
      # industry
    | (?:战略|重大创新|承载)平台 | 产业链 | 产业集群 | 产业带
    """,
    re.VERBOSE,
)  # roads and houses
SITES = ("设施", "场馆")  # “十大文体设施”建设
DOT_LIST = re.compile(r"^(?P<number>[一二两三四五六七八九十])大?(?P<kind>平台|工程|行动|机制|品牌|系统|模式|体系)")
# class words that are verbs as well
SERVES = re.compile(r"走访|巡访|会诊|联审|评比|服务|监测|检查|治理|告知|宣传|培训|应用")
WIDTH = re.compile(r"范围|深度|力度|功能|广度|水平|能力|领域")  # “粤商通”|服务深度: what grows is not its name
VERBAL = re.compile(rf"(?:{SERVES.pattern}|办理)$")
NUMERALS = {"两": 2, **{ch: i for i, ch in enumerate("一二三四五六七八九十", start=1)}}
QUOTES = re.compile(r"“[^“”]{1,40}”")
JOINED = re.compile(r"(?:[、和与及]|以及)?")
TAIL_WORDS = re.compile(r"(?:的)?[\u4e00-\u9fffA-Za-z]*")
TAIL_CLASS = re.compile("改革|制度|机制|模式|平台|活动|行动|工程|体系|架构|套餐|办法|做法|法子")
HAN = re.compile("[\u4e00-\u9fff]")
NAMING = re.compile("[\u4e00-\u9fff]|[A-Za-z0-9]{2}")
HOURS = re.compile(r"\d+\w?小时|[\d+]+")
PLAIN_HOURS = re.compile(r"\d+小时")
SENTENCE_END = re.compile("[。;]")
BACK = 40  # characters in which any cue that stands right before a quote finds room
NOT_NAME = re.compile(
    r"""
      # counts: 三连冠, 12个, 八大平台
      [一二两三四五六七八九十]+连冠 | ^\d+[个项] | [一二两三四五六七八九十]大(?:平台|系统)$ | ^[一二两三四五六七八九十]大
      # particles and marks
    | [的了在将被把由向对从等] | [,。;] | ^(?:各|全|本|该|多|新|一|两|三|此|专项|集中|系列)
      # how, and how many
    | 全面 | 进一步 | 持续 | 积极 | 深入 | 更多 | 相关 | 有关 | 各类 | 多个 | 统一的 | 一体化$
      # of what rank
    | 综合性 | (?:国家|世界|国际|省|市)级 | 高端 | 重大 | 优质 | 便捷 | 新平台$ | 战略平台
      # a campaign of no name: 安全专项整治
    | ^.{0,3}(?:专项|集中)(?:整治|治理|行动|清理)
    """,
    re.VERBOSE,
)


def within(documents: list[Mention], start: int, end: int) -> int | None:
    """Start of the innermost title that holds the range."""
    if not documents:
        return None
    held = [m for m in documents if m.start <= start and end <= m.end]
    return min(held, key=lambda m: m.end - m.start).start if held else None


def find_quoted(sentence: Sentence, documents: list[Mention], taken: list[tuple[int, int]]) -> Iterator[Mention]:
    """Names in “”: each group of coordinated quotes shares the verb before it and the class word behind it."""
    text = sentence.text
    for group in _groups(text):
        if documents and all(within(documents, start, end) is not None for start, end in group):
            continue  # parts of titles
        first, last = group[0], group[-1]
        before = RENEWAL.sub("", text[max(0, first[0] - BACK) : first[0]])
        after = PHASE.sub("", text[last[1] : last[1] + 24])
        if HONOUR_BEFORE.search(before) or HONOUR_AFTER.match(after) or CUT.search(before):
            continue
        kind, split = _listed(text, group, after)
        if split:
            for start, end, core in split:
                yield from _quote(sentence, documents, taken, start, end, core, tail=kind)
            continue
        tail = _class_behind(text, group, before, after)
        if tail is None and len(group) > 1 and _runs(text, group, before):
            # 开展“蓝盾行动”“双随机”抽查: a name by its own class word, whatever the last one qualifies
            for start, end in group[:-1]:
                if OWN_CLASS.search(text, start, end - 1):
                    yield from _quote(sentence, documents, taken, start, end, text[start + 1 : end - 1], tail="")
            continue
        if tail is None or (not tail and TARGET.search(before)):
            continue
        counted = re.sub(r"^(?:的)?[一二两三四五六七八九十\d]+[大项个类]?", "", tail) if len(group) > 1 else tail
        counted = re.sub(r"^[两三四五六七八九十]个", "", counted)  # A区“X”、B区“Y”|两个项目
        if not KIND_OF_ITS.fullmatch(tail) and _own_classes(text, group):
            counted = ""  # “…公示平台”公示执法信息, “…计划”新体系
        for start, end in group:
            if text.startswith("“", end) and KIND_ONLY.search(text, start, end):
                continue  # “产品化”“菜单式”服务体系: it qualifies what the last one names
            yield from _quote(
                sentence,
                documents,
                taken,
                start,
                end,
                text[start + 1 : end - 1],
                tail=counted if end == last[1] or _shared(text[start + 1 : end - 1], counted, after) else "",
                shared=len(group) > 1 and end != last[1],
            )


def _own_classes(text: str, group: list[tuple[int, int]]) -> bool:
    """“721工作法”: a name by its own class word."""
    return all(OWN_CLASS.search(text[a + 1 : b - 1]) for a, b in group)


def _class_behind(text: str, group: list[tuple[int, int]], before: str, after: str) -> str | None:
    """The class word behind a group of quotes, maybe none; None where they name no program."""
    tail = class_word(after)
    if not tail and AMONG.match(after):
        return ""  # “X”“Y”等调解品牌: their kind behind 等
    if not tail and after.startswith("工作") and not after.startswith(("工作者", "工作室", "工作站", "工作法")):
        tail = "工作"
    if tail == "建设" and all(WORKS.search(text, b - 3, b - 1) or text[b - 3 : b - 1] in SITES for _, b in group):
        return None  # “节日大道”建设
    if (of_kind := KIND_BEHIND.match(after)) and WORKS.search(of_kind[1]):
        return None
    if tail:
        other = tail[0] in "并、" or NOT_TAIL.match(tail) or WORKS.search(tail) or GOES_ON.match(after, len(tail))
        return None if other else tail
    if SAID.search(before):
        return None
    if CLAUSE_START.search(before) and BEGUN.match(after):
        return ""  # “亮码检查”全面推行
    if CLAUSE_START.search(before) and BY_OTHERS.match(after):
        return ""
    if OF_PLACE.search(before) and PRAISED.match(after):
        return ""
    if CLAUSE_START.search(before) and all(APP.search(text, a, b) for a, b in group) and not NOT_TAIL.match(after):
        return ""
    named = _own_classes(text, group) or all(BROUGHT.fullmatch(text, a + 1, b - 1) for a, b in group)
    does = DOES.match(after)
    if not (named or does or _runs(text, group, before)) or (NOT_TAIL.match(after) and not SPREAD.match(after)):
        return None
    opens = named and CLAUSE_START.search(before)  # “法治大讲堂”邀请教授讲授
    follows = AFTER_BARE.match(after) or does or opens or (named and (SERVES.match(after) or USED.search(before)))
    return tail if follows else None


def _shared(core: str, tail: str, after: str) -> bool:
    """Whether a member of a list takes the class word behind the last: not where it has one, or the last has more."""
    return not OWN_CLASS.search(core) and (len(tail) <= 3 or bool(COUNTED.match(after)))


def _runs(text: str, group: list[tuple[int, int]], before: str) -> bool:
    """Whether the words before a bare quote say that what it names is run, and not just striven for."""
    if START_BEFORE.search(before) or OF_GOVERNING.search(before):
        return True
    if DEVELOPED.search(before) and all(PLATFORM_CORE.search(text, a, b) for a, b in group):
        return True
    if before.endswith("推动") and SPREAD.match(text, group[-1][1]):
        return True
    cores = "".join(text[a:b] for a, b in group)
    return (
        bool(RUN_BEFORE.search(before))
        and not STRIVING.search(before)
        and bool(PROGRAM_WORD.search(cores))
        and len(cores) <= 20 * len(group)
    )


def _quote(
    sentence: Sentence,
    documents: list[Mention],
    taken: list[tuple[int, int]],
    start: int,
    end: int,
    core: str,
    *,
    tail: str,
    shared: bool = False,
) -> Iterator[Mention]:
    text = sentence.text
    bare = MARKS.sub("", core)
    if (
        len(bare) < 2
        or len(bare) > 30
        or (DOCTRINE.search(core) and not SYSTEM_OF.search(tail))
        or not NAMING.search(bare)
    ):
        return
    if SLOGAN.search(bare) and not ((BRANDED.search(tail) and bare != "一把手") or SYSTEM_OF.search(tail)):
        return
    if (
        SENTENCE_END.search(core)
        or (HOURS.fullmatch(bare) and not tail)
        or PLAIN_HOURS.fullmatch(bare)
        or (not HAN.search(bare) and not tail)
    ):
        return
    if (core.count("、") >= 4 or FIGURE_OF_SPEECH.search(core)) and not tail:
        return
    if (
        any(a < end and b > start for a, b in taken)
        or within(documents, start, end) is not None
        or (bare.lower() in topics() and not SET_UP.search(tail))
    ):
        return
    if (not HAN.search(core) and TECHNIQUE.match(tail)) or (core.endswith("+") and not tail):
        return
    if tail == "项目" and RESEARCH.search(core):
        return
    if FIRMS.fullmatch(bare) and not FOSTERING.search(tail):
        return
    if numbered := NUMBERED.fullmatch(core):
        found = MATTER.match(text[max(0, start - BACK) : start])
        matter = found["matter"] if found and numbered["kind"] != "条" else ""  # “57条” are a paper
        if any(a < start and b > start - max(len(matter), 1) for a, b in taken):
            return  # a known campaign with its stage: 专项整治“百日攻坚”行动
        if matter and not NOT_NAME.search(matter) and not matter.startswith(("以下", "如下", "上述")):
            yield _numbered(sentence, start - len(matter), end, core)
            return
        if numbered["kind"] in ("方面", "字", "条", "任务", "举措") or "大" in core:
            return  # “十大行动” alone is no name
    stop = end + len(tail) if tail and not shared and text.startswith(tail, end) else end
    if tail and (lead := LEAD.search(text[max(0, start - 2) : start])):
        yield _numbered(sentence, start - len(lead.group()), stop, core)
        return
    if (
        MANNER.fullmatch(core)
        and OF_MANNER.search(tail)
        and (found := MATTER.match(text[max(0, start - BACK) : start]))
    ):
        matter = found["matter"]
        if 3 <= len(matter) <= 10 and not NOT_NAME.search(matter):
            yield _numbered(sentence, start - len(matter), stop, core)
            return
    yield Mention(
        "program",
        sentence.index,
        start,
        stop,
        text[start:stop],
        "program.quoted",
        name=core,
        note=f"tail={tail.removeprefix('的')}",
    )


def _numbered(sentence: Sentence, start: int, end: int, core: str) -> Mention:
    """A program whose name holds what stands before its quote."""
    name = sentence.text[start:end]
    return Mention("program", sentence.index, start, end, name, "program.numbered", name=name, note=f"core={core}")


def _groups(text: str) -> list[list[tuple[int, int]]]:
    """Quoted ranges, those joined by 、 和 与 or nothing together."""
    out: list[list[tuple[int, int]]] = []
    for match in QUOTES.finditer(text):
        if out and JOINED.fullmatch(text[out[-1][-1][1] : match.start()]):
            out[-1].append(match.span())
        else:
            out.append([match.span()])
    return out


def _listed(text: str, group: list[tuple[int, int]], after: str) -> tuple[str, list[tuple[int, int, str]]]:
    """“智慧党建、智慧安监”两大平台: one quote that lists as many names as the number behind it says; their kind, and they."""
    match = DOT_LIST.match(after)
    if len(group) != 1 or not match:
        return "", []
    start, end = group[0]
    parts = text[start + 1 : end - 1].split("、")
    if len(parts) < 2 or NUMERALS[match["number"]] != len(parts):
        return "", []
    out, at = [], start + 1
    for part in parts:
        out.append((at, at + len(part), part))
        at += len(part) + 1
    return match["kind"], out


def class_word(after: str) -> str:
    """The class word behind a quote with what qualifies it: 活动, 审批服务, 的改革."""
    limit = TAIL_WORDS.match(after)
    words = limit.group() if limit else ""
    lead = "的" if words.startswith("的") else ""
    classes = ANY_CLASS if not lead else TAIL_CLASS
    words = words[len(lead) :]
    stop = TAIL_STOP.search(words)
    words = words[: stop.start()] if stop else words
    ends = [m.end() for m in classes.finditer(words)]
    for end in sorted(ends, reverse=True):  # 服务|指南, 监测|预警: such a word goes with what follows
        behind = len(lead) + end
        if not VERBAL.search(words, 0, end) or (AFTER_BARE.match(after, behind) and not WIDTH.match(after, behind)):
            return lead + words[:end]
    return ""
