"""Bodies other than organs that no list holds: their name reaches back from its last word to the verb or mark before it.

`BodyReader` also keeps what the reading of one sentence has found so far; `find.placed` and `find.organs` read organs on top of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from zhitu.find.regions import LIST_MARKS
from zhitu.lexicon.bodies import BodyWord, ending
from zhitu.lexicon.places import short_counties, short_named
from zhitu.lexicon.verbs import Verb
from zhitu.lexicon.words import is_boundary
from zhitu.model import Kind, Mention, Sentence

HAN = "\u4e00-\u9fff"
LEVEL_WORD = re.compile(
    r"""
    (?P<level>
      # levels with a word of two or three characters, and 地委
      自治区 | 自治州 | 自治县 | 自治旗 | 地区 | 林区 | 特区 | 师市 | 地(?=委)
      # levels of one character
    | 省 | 市 | 区 | 县 | 州 | 盟 | 旗 | 镇 | 乡
      # 街 for 街道 stands before an organ only: 街党工委
    | 街道 | 街(?=党工委|工委|纪工委|综合|司法所|人大|政法|平安|普法|法治)
      # zones
    | 新区 | 园区 | 度假区 | 新片区 | 高新区 | 经开区 | 开发区
    )
    (?=[\u4e00-\u9fff“])
    # another word or a class: 县级, 市场, 市区两级, 区域, 市民; 市民政局 is none
    (?![级直属域划块情场] | (?<=乡)[贤愁土情音亲村] | [区县]两级 | 民(?![政族主宗盟建革防办营生兵]) | 区(?:纵向|联动|一体|融合))
    """,
    re.VERBOSE,
)
LEVEL = re.compile(f"(?:我|本)?{LEVEL_WORD.pattern}", re.VERBOSE)
CLASS_BEFORE = re.compile(
    r"""(?:
      # places of several levels: 各县区
      [各全]?(?:市州|市县|县区|州市|地市|盟市|旗县|市县区|区市县|县市区) | 镇村 | 乡镇
    | 街道 | \(街道\) | 村 | 社区 | 基层 | [镇乡] | \)
      # levels: 村级, 12个县级, 三级
    | [村镇乡]级 | 街道级 | \d+[余多]?个[省市县区村镇乡]级 | 两级 | 三级 | 四级 | 上级 | 下级 | 同级 | 本级
      # all and some
    | 各级? | 全部 | 所有 | 有关 | 相关 | 多个 | 部分 | 其他 | 等 | \d个 | [一二三四五六七八九十]个
    )$""",
    re.VERBOSE,
)
# 香港大学(深圳), 南方医科大学深圳口腔医院: what belongs to a university bears its name in front
BRANCH = re.compile(
    r"""
      # 香港大学|(深圳), 大学|(深圳)高等研究院
      (?<=[学院])\([\u4e00-\u9fff]{2,4}\)
        (?:(?:高等|国际|先进技术|前沿)?研究院 | 附属(?:医院|学校)(?:教育集团)?)?
      # 北京大学|法律系
    | (?<=大学|学院)[\u4e00-\u9fff]{1,4}系(?![统列数])
      # 人民医院|城东分院, 市商会|青年分会
    | (?<=[院心所会])(?:(?!设立|建设|成立)[\u4e00-\u9fff]){0,4}?(?:分院|分中心|分会|理事会)
      # 南方医科大学|深圳口腔医院; no verb or particle between
    | (?<=大学)
        (?:(?!进驻|入驻|建设|设立|共建|联合|合作|共同|携手|成立|引进|[与和及等在的]|永久|过渡|新校|老校)[\u4e00-\u9fff]){0,8}?
        (?:医院|办公室|办事处|研究院|研究生院|校区|科技园|分校|园区|实验室|学部|附属[\u4e00-\u9fff]{1,4}院)
    """,
    re.VERBOSE,
)
JOINT = re.compile(r"[\u4e00-\u9fff]{0,4}(?:研究院|研究中心|基地|集团|实验室|中心)")
PARTNERED = re.compile(r"处置|调处|巡护|巡防|应急|研发|创新|攻关|培养|培训|办案|审判|调解|会|实验室|体|党委|执法|惩戒")
NOUN_VERBS = frozenset(
    (
        "建设",
        "创建",
        "推进",
        "落实",
        "规范",
        "加强",
        "整合",
        "指导",
        "开展",
        "推动",
        "优化",
        "提升",
        "打造",
        "推行",
        "运行",
        "强化",
        "办理",
        "配合",
        "支持",
        "完善",
        "健全",
        "通过",
        "培育",
        "改造",
        "实行",
        "加快",
        "深化",
        "全面",
        "统筹",
        "深入",
    )
)  # parts of a 领导小组's name
# verbs that stand within the names of bodies, but never first: 率先|开展|行政复议委员会试点
NEVER_FIRST = re.compile("^(?:开展|实行|推行|加快|支持|通过|运行)")
INNER = frozenset(("创新", "服务", "培训", "研发", "创业", "合作", "管理", "保护", "展示", "调解"))
EDGE_VERBS = frozenset(("issued", "established", "runs", "leads", "studied", "repealed"))
OF_PROGRAM = re.compile(
    r"(?:[、和]?“[^“”]{2,16}”)*(?:等?[一二两三四五六七八九十\d]+[大个])?"
    r"(?:的)?[\u4e00-\u9fff]{0,4}?(?:模式|做法|经验|品牌|服务|活动|改革|试点|项目|机制|工程)"
)  # “零工驿站”模式
OF_PROGRAM_ALSO = re.compile(r"(?:模式|做法|经验)")
AWARDED = re.compile(
    r"(?:创建|争创|申报|创成)(?:国家|全国|省级?|市级?)?$"
)  # “…”实践创新基地 is a title that is striven for
FOUNDED = re.compile(
    r"""(?:
      # founded, built, opened
      成立 | 组建 | 设立 | 建立 | 新设 | 增设 | 筹建 | 建成 | 建起 | 办起 | 新建 | 建有 | 揭牌 | 挂牌 | 启用 | 投用
      # 打造全市首个…
    | 打造(?=[全省市区县国]{0,2}首[个家批])
      # 与X共建…
    | (?:与|同|和|携手|联合)[^,。;]{2,40}共建
      # by whom, with whom and where
    | 依托 | 入驻 | 进驻 | 进入 | 设在 | 在 | 由 | 经 | 通过 | 与 | 联合 | 委托
    )
    了?(?:全[省市区县国]|首[个家批])?
    (?:(?!打造|推进|推动|促进|实现|加快|升级|支持)[^,。;、]){0,4}$""",
    re.VERBOSE,
)
FULL_COMPANY = re.compile(
    r"(?!.*(?:国有|市属|县属|区属|控股|各|某|所属|下属|独资))[\u4e00-\u9fff()]{4,20}有限(?:责任)?公司"
)  # its whole name is one company's
# any name makes one school of a town, but for the words that say which kind of schools
SCHOOL_NAMED = re.compile(
    r"""
    (?!.*(?:
      # where: 全县小学, 城区中学
      全[省市区县镇乡] | 辖[区内] | [城市郊山镇学]区 | 县城 | 农村 | 乡[镇村] | 附近 | 周边 | 边远 | 偏远 | 当地 | 邻近
      # who runs it, and for whom
    | 民办 | 公办 | 双语 | 国际 | 民族 | 寄宿 | 幼儿 | 职业
      # of what rank and kind
    | 试点 | 重点 | 优质 | 示范 | 薄弱 | 普通 | 特色 | 星级 | 名优 | 中心
    | 完全 | 初级 | 高级 | 义务 | 九年 | 十二年
      # how many
    | 部分 | 所有 | 有关 | 相关 | 首批 | 一批 | 新建 | 各
    ))
    [\u4e00-\u9fff]{2,4}(?:第[一二三四五六七八九十]+|实验)?(?:中学|小学)
    """,
    re.VERBOSE,
)
SCHOOL = re.compile(r"(?:大学|学院)(?!的|专家|教授|教师|学者|师生|律师)[\u4e00-\u9fff]{2,4}$")
STRIVEN_RANK = re.compile(
    r"(?:创建|争创|申报|创成|获评)(?:成为|为)?(?:国家级|[省市]级|全国|全省|全市)(?:首批)?$"
)  # 创建省级|金牌调解室
# a body that is honoured or begins its work is one body
PRAISED = re.compile(
    r"(?:成功)?(?:被[^,。;]{0,14}(?:命名|评|授予|认定|确定)|获评|荣获|获批|入选|获(?=“))|(?:正式|顺利|建成|全面)*(?:投入(?:运营|使用|运行)|投用|启用|揭牌|开馆|开业)"
)
FOUNDED_LIST = re.compile(
    r"(?:建成|新建|设立|成立|组建)了?(?!\d|以来)(?:[^,。;、:]{2,24}[、和及])+$"
)  # 建成了A广场、|B基地
# 11个乡镇成立…, 100个县(市、区)全部建成…: a class
MANY_FOUND = re.compile(
    r"""
    (?:
      (?: (?:\d+|[两二三四五六七八九十]+)个[^,。;:]{0,8}(?:[镇乡]|街道|苏木|县区|县市|单位|部门)
        | 各(?:[县区市州旗镇乡]{1,3}|直属|所属)(?:局|分局|院|委|政府|单位|部门)
        | 在各?(?:镇街|乡镇|镇乡|街镇|镇村|村居|街道|社区|部门|单位|县区|区县)+
      )
      (?:全部|全面|均|都|普遍|分别)?(?:挂牌|揭牌)?(?:成立|设立|组建|建立)
      # so many that all of them have one
    | \d+个[^,。;:]{0,8}(?:[县市区州旗村]|社区|\([市县区、]+\))
      (?:全部|全面|均|都|普遍|分别)(?:挂牌|揭牌)?(?:成立|设立|组建|建立|建成)
    )了?$
    """,
    re.VERBOSE,
)
# the office of a body, and what a zone is run by
OFFICE = re.compile(r"(?:小组|领导组|委员会|联席会议)办公室$|[区城园港]管理委员会$")
SET_UP = re.compile(
    r"(?:成立|设立|组建|增设|新设)了?$"
)  # any other office is known by being set up: 成立法治工作办公室
HEADS_OFFICE = re.compile("(?:领导小组|委员会|联席会议|指挥部)办公室")
IN_SECTION = re.compile(r"设在[^,。;]{0,16}[科股处室](?=[,。;]|$)")  # of a department's section, and no organ
BEGUN = re.compile(r"(?:成立|组建|设立|建立|建设|建成|新建|共建|打造|创建|挂牌|揭牌|启用|投用)了?(?:全?[省市区县国])?$")
FURTHERED = re.compile(r"(?:加快|推进|推动)$")  # 加快…研究院建设
BUILT = re.compile(r"[\u4e00-\u9fff]{0,16}?(?:院|中心|基地|馆)(?:\([\u4e00-\u9fff]{2,4}\))?建设")
COMPLETE = re.compile(r"(?:会议|小分队|突击队|工作队|服务队|指挥部|专班)$")  # … which end before it
EDGE = re.compile(
    r"""(?:
      # two verbs joined: 建立和完善
      (?:加强|建立|健全|完善|规范|推进|巩固|改进)(?:和|与|、|并)
        (?:规范|完善|加强|健全|改进|优化|创新|深化|发展|落实|调整|充实)
      # found, build, set up
    | 成立了? | 组建了? | 设立了? | 建立了? | 建成了? | 建起了? | 办起了? | 建好 | 建设好 | 办好 | 管好 | 用好 | 设置
    | 新建 | 新设 | 增设 | 新增 | 下设 | 筹建 | 建设 | 共建 | 建有 | 拥有 | 搭建 | 打造 | 创建 | 争创 | 组成 | 形成
      # open, put to use, enter
    | 挂牌 | 启动 | 启用 | 投用 | 投入使用 | 建成开放 | 运行 | 运营 | 运作 | 运转 | 试点
    | 入驻 | 进驻 | 进入 | 落户 | 设在 | 位于
      # enlarge, better, go on with
    | 拓展 | 扩建 | 改建 | 续建 | 扩容 | 升级 | 改造 | 优化 | 提升 | 整合 | 串联 | 腾空
    | 做强 | 做优 | 做大 | 做到 | 加快 | 加速 | 加大 | 加强 | 强化 | 推进 | 推动 | 推开 | 推行 | 推广 | 深化 | 深入
    | 实施 | 实行 | 实现 | 落实 | 开展 | 完成 | 规范 | 调整 | 完善 | 健全 | 充实 | 补齐 | 确保 | 探索 | 谋划 | 攻克
      # lead, gather, support
    | 统筹 | 组织 | 负责 | 指导 | 引导 | 支持 | 鼓励 | 扶持 | 培育 | 激发 | 调动 | 发挥 | 发挥好 | 吸引 | 聚集 | 集聚 | 争取
    | 吸纳 | 引进 | 引入 | 纳入 | 推荐 | 联系 | 联动 | 对接 | 对标 | 围绕 | 依托 | 依靠 | 利用
    | 邀请 | 聘请 | 续聘 | 聘用 | 聘任 | 聘为 | 外聘 | 选派 | 选聘 | 委托 | 联合 | 会同 | 配合 | 参加 | 参与 | 签约
      # meet, issue, handle
    | 召开 | 召集 | 举办 | 举行 | 主持(?:召开)? | 出台 | 制定 | 印发 | 接受 | 办理 | 提交 | 报送 | 报请 | 提请 | 抽查
      # go to a place
    | 走访 | 考察 | 送到 | 派到 | 来自 | 前往 | 走进 | 来到
      # honoured as
    | 获批 | 获准 | 获认定 | 获评 | 荣获 | 授予 | 列为 | 评为 | 命名 | 入选 | 确定 | 又称 | 简称
      # what there is
    | 共有 | 现有 | 已有 | 具有 | 包括 | 包含 | 涵盖 | 含(?=[省市区县]) | 之一
      # how, and how often
    | 先后 | 明确 | 率先 | 优先 | 充分 | 高标准 | 高质量 | 高水平 | [有全]力保障 | [一二两三四五六多数几](?:轮|次|场)
      # prepositions and particles
    | 通过 | 作为 | 经过 | 根据 | 按照 | 由于 | 为了
    | [的了由在赴向以对将把被到从经是为等各让请使令其该有至共]
    )$""",
    re.VERBOSE,
)
FIRM_BEHIND = re.compile(r"[\u4e00-\u9fff]{1,4}律师事务所")
FIRM_JOINED = re.compile(r"[\u4e00-\u9fff]{1,3}律师事务所")
LEVEL_MATTER = re.compile(r"(?:^|[,。;、由])(?P<level>[镇乡区县市]|街道)(?P<matter>[\u4e00-\u9fff]{2,5})$")
OF_STATE = re.compile(r"[局委府院办会厅部]$")
MANNER_BEFORE = re.compile(
    r"(?:^|[,。;:、])(?:积极|全面|深入|扎实|认真|稳步|持续|大力|着力|切实|有序|探索|组织|牵头|联合)$"
)
# verbs that names hold, by what then follows
NAMES_GO_ON = {
    "建设": ("投资", "发展有限", "发展集团", "开发有限", "开发集团", "工程", "集团", "有限", "实业"),
    "学习": ("实践", "教育", "宣传"),
    "引导": ("基金",),
    "指导": ("中心", "委员会"),
    "创新": ("药", "型", "创业", "创意"),
    "经": ("开", "济", "贸", "信"),
    "对": ("俄", "外", "台", "蒙", "口", "接"),
    "运营": ("中心", "管理", "服务"),
    "共": ("治", "享", "商", "育"),
    "运行": ("指挥", "综合", "管理", "监测", "调度", "监控", "保障", "服务"),
}
# … and by what stood before: 法制宣传|教育宣讲团
NAMES_BEGIN = {
    "宣传": ("法制", "法治", "普法", "政策"),
    "建设": ("法治", "法制", "平安", "法治政府", "作风", "队伍", "城乡"),
    "对接": ("诉调", "访调", "警调", "检调"),
    "创新": ("科技", "产业", "技术", "协同", "制造业"),
    "参与": ("全民", "社会", "公众", "群众", "多方"),
}
MEASURES = "个家处所支名位项批条座"
MEASURE = re.compile(rf"\d+[余多]?[万千百]?[余多]?”?[{MEASURES}]$")
ADJECTIVES = re.compile(
    r"""^(?:
      # how far it reaches: 综合性区级, 全省
      综合性(?=[省市区县]级) | 全[省市区县州旗盟乡国镇]
      # the first or only one: 全国首个, 第三批
    | (?:国内|国际|世界|全球|湾区|大湾区)?首[个家批支座所条] | 唯一 | 县域首[个家] | 第[一二三四五六七八九十\d]+[批个家]
      # how many
    | 一批 | 一支 | [一二两三四五六七八九十\d]+间 | 多个 | 若干 | [一二三四五六七八九十百\d]+余?[个家支处所座]
      # of what standard
    | 高标准 | 高质量 | 高水平 | 高规格 | 规范化 | 标准化 | 专业化 | 统一 | 专门
      # of what level or kind: 国家级, 市属, 市县乡三级
    | [省市区县国乡村](?:家)?级 | [省市区县]属 | 免费开放 | [一二三]类 | [省市区县乡镇街村校]{0,3}[两三四五]级
      # new, and not 新时代, 新疆, 新能源
    | 新一届 | 新一代 | 全新 | 新的?(?!时代|冠|型|疆|就业|质|业态|区|兴|能源|媒体) | 现有
    )+""",
    re.VERBOSE,
)
CLASS_NAME = re.compile(
    r"""^(?:
      # each, this, one's own
      各 | 每 | 多 | 该 | 其 | 本 | 部分 | 个别 | 少数 | [这此那](?:一|个|些|类|种) | 有关 | 相关
      # of what rank
    | 世界 | (?:国内|国际)?一流 | (?:国内|国际)领先 | 优秀 | 先进 | 模范 | 十佳 | 最美 | 重点 | 一线 | (?:市|区|县)级$
      # places of a kind: 乡镇, 村 and not 村镇建设
    | 乡镇 | 镇街 | 街道 | 社区 | 县乡 | 区县 | 市县 | 行政村 | 城乡 | 镇 | 乡 | 街 | 村(?!镇建设) | 农村(?!土地)
    | 基层(?!(?:社会)?治理(?:综合)?(?:指挥|研究|学院)|立法)
      # offices of a kind
    | 部门 | 单位 | 行政机关
      # enterprises, and not what serves them: 企业家, 企业服务中心
    | 企业(?!(?:家 | 合规 | 综合 | 服务(?!团|分中心|专员|队|专班|中心) | 帮办 | 帮扶 | 诉求 | 法律 | 法务 | 法治 | 首席))
    )""",
    re.VERBOSE,
)
EACH = re.compile(r"各|每|多|该|其|本|部分|个别|少数|[这此那](?:一|个|些|类|种)")  # 社区“白云”应急队 is one
# 支持具备条件的单位设立…: each of them its own
FOR_OTHERS = re.compile(
    r"(?:支持|鼓励|引导|推动)[^,。;]*(?:单位|企业|机构|高校|院所|力量|资本)[^,。;]{0,8}(?:设立|建立|组建|成立|建设|创建)$"
)
# what is a kind of bodies, many together, a plan or a place, and no one body
GENERIC_BODY = re.compile(
    r"""^(?:
      (?:三甲|三级|综合|高水平|现代化|一流|[两二三四五\d]家|中心)+(?:中医院|卫生院)
    | 人民医院 | .*(?:医院|学校).*(?:获|取得|三甲|结成).*
    | .*(?:一流|国际化|预制|同类|[区县市省]级|高水平|虚拟|三甲|[一二三]级|公立|公办|民营|民办|私立|定点|[省市区县]属|无证|普惠性?
        |寄宿制?|城区|中小|各|示范|薄弱|大型|专科|互联网|方舱|对口|特色|优质|标准化|一贯制|义务教育|研究型|[\u4e00-\u9fff]类|中职|[\dN])
        (?:医院|学校|幼儿园|养老院)
    | .{0,3}(?:高级|初级|农村|城区|乡镇|各|所|重点|民办|公办|寄宿制|中心|职业|普通|优质|一贯制|完全|村级|镇级)(?:中学|小学) | .*中小学
    | .{0,4}(?:研究型|应用型|高水平|一流|综合性|老年|开放|社区|本科|民办|高职)(?:大学|院校|学院)
    | (?:部属|省属|市属|国内|境外|知名|一流|高水平).*(?:大学|学院) | .*型(?:技术|本科|职业)?大学
    | 大学.{2,8}学院 | 高等院校 | 特色(?:产业)?学院 | (?:现代)?产业学院
    # teams and rooms of which there are many
    | (?:扶贫|驻村|帮扶)?工作队 | 大队 | (?:联合)?(?:检查|督查|督导|工作|执法)专班 | 工作领导组 | 工作专项小组 | (?:片区|各?分)指挥部
    | .*[二两三四五六七八九\d]个(?:协调|工作)小组 | (?:委员会|领导小组|联席会议)办公室 | 理论学习中心组
    | (?:人民|行业|基层|村级|社区|矛盾)?(?:纠纷)?调解[室点] | .*(?:网上|掌上|线上|电子|虚拟)[\u4e00-\u9fff]{0,6}大厅
    # organs of each town, and of each body
    | 法庭 | 派出所 | 司法所 | .*式(?:公安)?(?:派出所|司法所|法庭) | .*[两三四五六七八九十\d]个[\u4e00-\u9fff]{2,6}所
    | 村民委员会 | 居民委员会 | 常务委员会 | 村民 | 居民 | 党组织 | .{0,2}业主委员会
    | .*第?[一二三四五六七八九十]{1,3}届(?:委员会|常委会) | .*(?:总书记|届中央委员会).*
    # firms and associations of a kind
    | 股份公司 | 有限公司 | 国有公司 | .{0,2}平台公司 | 物业公司 | 律师事务所 | 商会 | .*国集团 | .*招商会
    | .{0,4}(?:商|行业|贸易|商贸|行业协会|发展行业|上市|跨国|物业|物业管理|合作|投资|运营|保险|国有|民营|担保|快递|劳务|社会|专业|股份合作)
        (?:协会|商会|公司|集团)
    # centres: what a place is, or wants to be
    | 数据中心 | 城市中心 | 区域中心 | 国际中心 | 创新中心 | 学习中心 | 理论中心 | (?:国际)?会展中心 | 国内.{0,6}中心
    | .*(?:商业|购物|消费|城市|副)中心 | .{0,4}[东西南北中]部中心 | [一二三四五六七八九十\d]+[大个](?:中心|基地)
    | (?:研发|设计|研发设计|结算|采购|营销|运营|展示|技术|检测)+中心 | .*实践创新基地 | .*老工业基地
    | .*(?:知名|高端|新型|一流|特色|专业)智库 | .*创新联合体 | .*项目储备库 | 公办.*
    # counts and lists
    | .*[一二两三四五六七八九十]大特色.* | .*[东南西北][部区][一二两三四五六]个.* | .*%.* | .*首[家个座批].* | 以上.*
    | (?:[一二三四五六七八九十两\d]+[\u4e00-\u9fff]{1,3}){2,}
    )$""",
    re.VERBOSE,
)
OWN_BODY = re.compile(
    r"^中国\([\u4e00-\u9fff]{2,4}\)|^国家[\u4e00-\u9fff]{2,8}(?:博物馆|美术馆|图书馆|科技馆|大剧院)$|^[\u4e00-\u9fff]{2,4}学院[\u4e00-\u9fff]{1,6}学院$|^[\u4e00-\u9fff]{2,8}(?:(?:师范|职业|职业技术|医|农|理工|工|财经|警察|警官|行政|政法|民族|科技)学院|大学|律师事务所)"
)
ONE_OF_MANY = re.compile(
    r"(?:一批|一系列|各类|多处|多个|各具特色|\d+[余多]?[个处家所支]|若干)(?:(?!进驻|入驻|设立|成立|建立|组建|建成|[在由对与向])[^,。;、]){0,6}$"
)
MYRIADS = re.compile(rf"\d[余多]?[万千百]+[余多]?[{MEASURES}]$")  # 2.05万个|人民调解委员会
NAMING = re.compile(rf"[{HAN}]|“\d\+[\d+NnXx]+”")  # “1+3”工作小组
HONOURED = re.compile(r"(?:授予|获评|荣获|评为|获得|命名为?|入选|被评|认定为)[^,。;]{0,8}“[^”]{0,6}$")
HONOURED_AS = re.compile(
    r"(?:获评|荣获|评为|入选|被评|认定为|命名为?|授予|评定为|表彰为)(?:为|成为)?(?:20\d\d年?(?:度)?)?(?:第[一二三四五六七八九十\d]+批)?(?:[省市区县国]家?级|全[省市区县国])?(?:首批|百家|百佳|百强|十佳|优秀)?$"
)
NOT_BODY_AFTER = re.compile(
    r"""
      # schools and gardens: 幼儿园|办园, 小学|生, 大学|城; not 大学|生态…
      (?<=园)办[园学] | (?<=校)办学 | (?<=[中小]学)(?:生|校|教师|习|位|段|科|籍|业|历|部|初中|高中)
    | (?<=大学)(?:生(?!态|产|活|物|命)|园|城|科技[园城]) | 学校 | 校区
    | (?<=议事会)议 | (?<=专班)(?:服务|工作|推进|运行)?(?:机制|模式|制度)
      # a system within the body's: 交易中心|电子招投标系统
    | (?<=中心)电子[\u4e00-\u9fff]{2,6}系统
      # bases and centres: 基地|管理办法, 中心|小学
    | (?<=基地)(?:管理|建设|认定|评定)(?:暂行)?(?:办法|规定|条例|细则|标准)
    | (?<=中心)(?:站|小学|幼儿园|校|卫生院)
      # persons, teams and groups: 协会|副会长, 顾问团|队, 工作|组, 专家|群
    | 原?副?(?:会长|理事长|院长)(?!会) | (?<=[问师]团)队 | 伍 | 组(?!织(?!法)|建|长会) | 群(?!众)
      # so many of them: 基地|12个; 1个 is one
    | (?!1[个家])\d+[余多]?(?:[家所处座]|个(?=[,。;、]|$))
      # stages, models, other bodies
    | [一二三四]期 | (?:[国省市区县]家?级)?示范点 | (?:人民)?调解(?:委员会|中心)
      # places and buildings
    | 城区 | 地带 | 位置 | 镇 | 村 | 区(?!人民|委|政府) | 大街 | 大厦 | 大楼 | 广场 | 城市 | 圈 | 点 | 线
      # matters
    | 任务 | 环节 | 工作(?!站|室) | 思想 | 内容 | 法 | 化(?!解) | 级 | 企业 | 集群
    """,
    re.VERBOSE,
)
# 打造|国际法律服务中心: what a place wants to be, and no body
AT_LARGE = re.compile(r"(?:国际|全球|世界|区域性?|全国性?).*中心$")
STRIVEN = re.compile(r"(?:打造|构建|迈向|成为)[^,。;]{0,4}$")
BRAND_BEFORE = re.compile(
    r"(?:建成|设立|建立|成立|组建|打造|新建|创建)了?“[^“”]{2,10}”[\u4e00-\u9fff]{0,6}$"
)  # “老娘舅”调解|工作室3个
TOWNS_END = "镇乡道"
LISTABLE = ("region.full", "region.township")


@lru_cache(maxsize=65536)
def edge_verb(window: str) -> str:
    """The verb or particle in which the few characters end; empty where they end in none."""
    found = EDGE.search(window)
    return found.group() if found else ""


def is_han(ch: str) -> bool:
    return "\u4e00" <= ch <= "\u9fff"


class BodyReader:
    """Reads one sentence; keeps what was found so far, because organs hand their place on to the next."""

    def __init__(
        self,
        sentence: Sentence,
        places: list[Mention],
        verbs: Iterable[tuple[int, int, tuple[Verb, ...]]],
    ) -> None:
        self.verbs = verbs
        self.sentence = sentence
        self.text = sentence.text
        self.places = [m for m in places if m.note != "self"]
        self.out: list[Mention] = []
        self.ends: dict[int, Mention] = {}

    def add(
        self, start: int, end: int, *, kind: Kind, rule: str, name: str, place: str = "", note: str = ""
    ) -> Mention:
        mention = Mention(
            kind, self.sentence.index, start, end, self.text[start:end], rule, name=name, place=place, note=note
        )
        self.out.append(mention)
        self.ends[end] = mention
        return mention

    @cached_property
    def verb_ends(self) -> set[int]:
        """Where verbs end behind which a name may begin."""
        return {end for _, end, found in self.verbs if found[0].predicates[0] in EDGE_VERBS}

    def free(self, start: int, end: int) -> bool:
        return not self.out or not any(m.start < end and m.end > start for m in self.out)

    # bodies: the name reaches back to the verb or mark before it ----------------------------------------------

    def read_bodies(self, bodies: Iterable[tuple[int, int, tuple[BodyWord, ...]]]) -> None:
        for start, end, _ in bodies:
            if self.text[end : end + 1] in ("长", "委", "织"):
                continue
            other, branch = NOT_BODY_AFTER.match(self.text, end), BRANCH.match(self.text, end)
            if other and not branch and not (other.group()[0].isdigit() and BRAND_BEFORE.search(self.text, 0, start)):
                continue
            if branch:
                end = branch.end()  # 香港大学(深圳)
            if not any(m.start <= start and m.end >= end for m in self.out):
                self._body(start, end)

    def _body(self, suffix: int, end: int, *, known: bool = False) -> None:
        """A body whose name ends in what stands at `suffix`; that alone is a name where the lexicon knows it."""
        opened = self.text.rfind("“", max(0, suffix - 24), suffix) if self.text[end : end + 1] == "”" else -1
        quoted = opened >= 0 and "”" not in self.text[opened:end]
        joining = ending(self.text[suffix:end]).joining
        left = opened + 1 if quoted else self._left_edge(suffix, joining=joining)
        if self.text.endswith("联席会议", suffix, end) and self.text[left - 1 : left] in LIST_MARKS:
            # 市法院、市检察院|府院联席会议: of those who meet, none is in its name
            left = max((m.end for m in self.out if m.start == left and m.end <= suffix), default=left)
        heads_office = HEADS_OFFICE.fullmatch(self.text, left, end) and not IN_SECTION.match(self.text, end)
        if heads_office and (head := self._named_before(left, self.text[left : end - 3])):
            self.add(
                left,
                end,
                kind="agency",
                rule="organ.office",
                name=head.name + "办公室",
                place=head.place,
                note=head.note,
            )
            return
        place, start = self._place_of(left, suffix)
        if quoted and place in ("乡", "镇", "旗", "州", "园区"):
            place, start = "", left  # “乡音普法团”
        modifiers = self.text[start:suffix]
        if self.text.startswith("律师事务所", suffix) and (adviser := modifiers.rfind("顾问")) >= 0:
            left = start = start + adviser + 2  # 法律顾问|陕西秦水律师事务所
            place, modifiers = "", self.text[start:suffix]
        named_new = modifiers.startswith("新") and modifiers[:2] != "新建" and modifiers[:2] in short_counties()
        stripped = modifiers if named_new else ADJECTIVES.sub("", NEVER_FIRST.sub("", modifiers))  # 新都|小学
        name = stripped + self.text[suffix:end]
        left = left if place else start + len(modifiers) - len(stripped)
        word, bare = ending(name), name.replace("“", "").replace("”", "")
        own = quoted or (known and not stripped)  # its whole name, and not what class of body it belongs to
        if "“" in stripped and not quoted and not place and word.many:
            return  # “双优”中职学校: a kind of schools
        if OF_PROGRAM_ALSO.match(self.text, end) or (AWARDED.search(self.text, 0, left) and "“" in name):
            return
        if STRIVEN_RANK.search(self.text, 0, start + len(modifiers) - len(stripped)):
            return
        if quoted and ("+" in name or OF_PROGRAM.match(self.text, end + 1)):
            return
        if not place and (
            MANY_FOUND.search(self.text, max(0, start - 24), start)
            or FOR_OTHERS.search(self.text, 0, start)
            or (AT_LARGE.match(name) and STRIVEN.search(self.text, 0, start))
        ):
            return
        classed = EACH.match(name) if "“" in stripped else CLASS_NAME.match(bare)
        association = place and name.endswith(("协会", "商会")) and len(stripped) >= 4  # 县|保险行业协会
        if len(name) > 40 or (classed and not own) or (GENERIC_BODY.match(bare) and not association):
            return
        office = OFFICE.search(name)
        any_office = name.endswith("办公室") and not (office or known)
        if any_office and not SET_UP.search(self.text, 0, start):
            return
        if not known and (len(stripped) < 2 or not NAMING.search(stripped)):
            return
        if not (
            known
            or place
            or (quoted and not word.goal)
            or "“" in name
            or not word.loose
            or OWN_BODY.search(name)
            or FOUNDED.search(self.text, 0, start)
            or (len(stripped) >= 4 and FOUNDED_LIST.search(self.text, 0, left - (self.text[left - 1 : left] == "“")))
            or (not quoted and PRAISED.match(self.text, end))
            or (word.firm and self.text.endswith("建设", 0, start))
            or (word.placed and self._of_place(stripped))
            or SCHOOL_NAMED.fullmatch(name)
            or FULL_COMPANY.fullmatch(name)
            or any(m.start == left and m.rule == "organ.central" for m in self.out)
        ):
            return
        many = ONE_OF_MANY.search(
            self.text[max(0, left - 12) : start] + modifiers[: len(modifiers) - len(stripped)]
        ) and not (known and re.search(r"委会|委员会|小组$", name))
        if many or MYRIADS.search(self.text, 0, left) or self._honoured(left, name):
            return
        if CLASS_BEFORE.search(self.text[max(0, left - 6) : left]) and not place:
            return
        if name.count("“") != name.count("”") or not self._clear(left, end):
            return
        self.out = [
            m
            for m in self.out
            if not (m.start >= left and m.end <= end and m.place and m.rule != "organ.central" and m.start > left)
            and not (name.endswith("队") and m.start == left - quoted and m.end < end and m.name[-1] in "兵队团")
        ]
        mention = self.add(
            left - quoted,
            end + quoted,
            kind="agency" if office or any_office or name.endswith("监狱") else "institution",
            rule="organ.body",
            name=name,
            place=place,
            note="body",
        )
        if place and start > left and any(m.start == left and m.rule in LISTABLE for m in self.places):
            self._listed_before(mention)

    def _named_before(self, at: int, kind: str) -> Mention | None:
        """The body of that kind that the sentence named last: 成立区普法领导小组,|领导小组办公室设在区司法局."""
        before = [m for m in self.out if m.end <= at and m.name.endswith(kind) and m.name != kind]
        return max(before, key=lambda m: m.end, default=None)

    @staticmethod
    def _of_place(stripped: str) -> bool:
        """Whether it is named for a place: 嘉应|学院 is not, 吉林|动画学院 and 南山|医院 are."""
        return stripped[:2] in short_named() or stripped[:3] in short_named() or stripped in short_counties()

    def _honoured(self, left: int, name: str) -> bool:
        """A quoted name behind 授予 or 获评 is an honour, not a body; so is a place of one kind: 获评省…示范基地."""
        if HONOURED_AS.search(self.text, 0, left):
            return True
        return bool(HONOURED.search(self.text, 0, left + (self.text[left : left + 1] == "“")))

    def _clear(self, start: int, end: int) -> bool:
        """A body may begin with the organ that it belongs to, but cuts no other name in two."""
        return not any(m.start < start < m.end or m.start < end < m.end for m in self.out)

    def _left_edge(self, suffix: int, *, joining: bool) -> int:
        """Where the name of a body begins: behind the nearest mark, verb or particle, quoted parts jumped over."""
        text, at = self.text, suffix
        low = max(0, suffix - 36)
        while at > low:
            ch = text[at - 1]
            if ch == "”":
                opened = text.rfind("“", low, at - 1)
                if opened < 0:
                    return at
                at = opened
                if text[at - 1 : at] == "”":
                    return at  # “红袖章说事站”|“老娘舅”调解队
                continue
            if ch == ")" and (opened := text.rfind("(", max(low, at - 14), at)) >= 0:
                if text[opened + 1 : at - 1].isdigit():
                    return at  # (1)|市政府行政复议委员会
                at = opened
                continue
            if ch in ",。;:、!?()《》〈〉“【】":
                return at
            if ch in "指即" and text[at - 2 : at - 1] in (",", ":", "(", "”", ""):
                return at
            if ch in MEASURES and MEASURE.search(text, max(low, at - 6), at):
                return at
            edge = edge_verb(text[max(low, at - 5) : at])
            if self._noun_verb(at, low):
                at -= 2
                continue
            if edge and not (joining and self._in_name(edge, at)) and self._is_edge(edge, at):
                return at
            if not joining and at in self.verb_ends and at < suffix and self._begins(at) and not self._held(at):
                return at
            if not joining and ch in "和与及或" and text[at - 2 : at] != "参与" and not self._opens_place(at - 1):
                return self._joined(at)
            if (
                joining
                and ch in "和与及"
                and (at - 1 in self.ends or text[at - 2 : at - 1] in ",。;:" or COMPLETE.search(text, low, at - 1))
            ):
                return at
            at -= 1
        return at

    def _opens_place(self, at: int) -> bool:
        """Whether a place's name begins there: 和苑街道."""
        return any(m.start == at for m in self.places)

    def _joined(self, at: int) -> int:
        """Where a name begins whose matter is joined by 与: 成立|未来农业示范与科普教育基地; else here."""
        if self.text[at - 1] in "和与" and SCHOOL.search(self.text, 0, at - 1):
            return self._left_edge(at - 1, joining=False)  # 香港大学经济和|管理学院
        if self._seat_of_firm(at - 3, at):
            return at - 3  # 浙江和|义观达律师事务所
        of_level = LEVEL_MATTER.search(self.text, max(0, at - 10), at - 1)
        if of_level and self.free(of_level.start("level"), at) and not OF_STATE.search(of_level["matter"]):
            return of_level.start("level")  # 镇农业农村和|集体经济发展中心
        if FIRM_JOINED.match(self.text, at):  # 山东求是和|信律师事务所
            seats = (i for i in (at - 4, at - 5) if i >= 0 and self.text[i : i + 2] in short_named())
            seat = next(seats, None)
            if seat is not None and at - 1 not in self.ends and not OF_STATE.search(self.text, 0, at - 1):
                return seat
        if self.text[at - 1] != "与":
            return at
        left = self._left_edge(at - 1, joining=False)
        matter = self.text[left : at - 1]
        bare = matter.replace("“", "").replace("”", "")
        whole = 2 <= len(bare) <= 12 and all(map(is_han, bare)) and not ending(matter).text
        begun = BEGUN.search(self.text, 0, left) or (
            FURTHERED.search(self.text, 0, left) and BUILT.match(self.text, at)
        )
        return left if whole and begun else at

    def _seat_of_firm(self, seat: int, at: int) -> bool:
        """Whether a place and 和 begin the name of a law firm that goes on at `at`."""
        if self.text[seat : at - 1] not in short_named() or not FIRM_BEHIND.match(self.text, at):
            return False
        begins = not is_han(self.text[seat - 1 : seat]) or edge_verb(self.text[max(0, seat - 5) : seat])
        return bool(begins) and not any(m.start < at and m.end > seat for m in self.out)

    def _in_name(self, edge: str, at: int) -> bool:
        """Whether the verb may be part of a joining body's name; one that opens a clause is not."""
        if edge not in NOUN_VERBS:
            return False
        if MANNER_BEFORE.search(self.text, 0, at - len(edge)):
            return False  # 积极开展|行政复议委员会试点
        opens = self.text[at - 3 : at - 2]
        return opens not in ("", ",") and (opens != "、" or edge not in ("完善", "健全"))

    def _is_edge(self, edge: str, at: int) -> bool:
        """Whether the word is a word here: 共 in 公共法律服务站 and 联合 in 联合调解中心 begin no name."""
        if edge == "联合" and not self._partners(at):
            return False
        if self._held(at):
            return False
        return self._begins(at) and (len(edge) > 1 or is_boundary(self.text, at - 1))

    def _held(self, at: int) -> bool:
        """Whether the verb that ends here is part of the name: 引导|基金会, 运行|指挥中心, 全民参与|基金会."""
        word = self.text[at - 2 : at]
        if word in NAMES_BEGIN and self.text.endswith(NAMES_BEGIN[word], 0, at - 2):
            return True
        return any(w in NAMES_GO_ON and self.text.startswith(NAMES_GO_ON[w], at) for w in (word, word[1:]))

    def _partners(self, at: int) -> bool:
        """Whether 联合 is said of someone: 区司法局联合…, but 先进制造业联合总部基地."""
        if PARTNERED.match(self.text, at) or BEGUN.search(self.text, 0, at - 2):
            return False  # 组建|联合巡护专班
        if not JOINT.match(self.text, at):
            return True
        before = self.text[at - 3 : at - 2]
        return (
            not is_han(before)
            or at - 2 in self.ends
            or before in "并院局会委部办社所队站校"
            or at - 2 in self.verb_ends
        )

    def _noun_verb(self, at: int, low: int) -> bool:
        """共建|创新验证转化基地: of two verbs that touch, the inner begins the name."""
        word = self.text[at - 2 : at]
        return word in INNER and (
            self.text[at - 3 : at - 2] in ("、", ",", "") or len(edge_verb(self.text[max(low, at - 6) : at - 2])) > 1
        )

    def _begins(self, at: int) -> bool:
        """Whether a word begins behind a verb: not in 开发|者, 应用|型; a level word does (建成|区知识产权中心)."""
        if self.text.startswith(("法治", "法制"), at) and self.text.endswith("成立", 0, at):
            return True  # 成|立法|治工作领导小组, as words would be cut
        return self.text[at] in "省市区县乡镇街村" or is_boundary(self.text, at)

    def _place_of(self, left: int, suffix: int) -> tuple[str, int]:
        """The place or level word with which the name begins, and where the rest goes on."""
        for mention in self.places:
            if mention.start == left and mention.end < suffix:
                return mention.name, mention.end
        for mention in self.out:
            if (
                mention.start == left
                and mention.end <= suffix
                and mention.place not in ("", "CN")
                and mention.kind == "agency"
            ):
                return mention.place, left + len(mention.surface) - len(mention.name)
        level = LEVEL.match(self.text, left)
        if level and level.end() <= suffix:
            return level["level"], level.end()
        return "", left

    def _listed_before(self, mention: Mention) -> None:
        """源汇区、郾城区市场监管局: a list of places of one kind shares the organ behind the last."""
        at = self._chain_start(mention.start)
        counted = len(mention.surface) > len(mention.place) + len(mention.name)  # 甘肃、内蒙古两省区生态环境厅
        rules = (*LISTABLE, "region.short", "region.shared") if counted else LISTABLE
        if mention.place[-1:] not in "省市区县旗镇乡道" and not counted:
            return
        while self.text[at - 1 : at] in ("、", "和") and at > 1:
            place = next((p for p in self.places if p.end == at - 1 and p.rule in rules), None)
            if place is None or not self.free(place.start, place.end):
                return
            if (place.name[-1] in TOWNS_END) != (mention.place[-1:] in TOWNS_END):
                return  # 赭山街道、芜湖市|第二十七中学
            self.add(
                place.start,
                place.end,
                kind=mention.kind,
                rule="organ.listed",
                name=mention.name,
                place=place.name,
                note=mention.note,
            )
            at = self._chain_start(place.start)

    def _chain_start(self, at: int) -> int:
        """Where the chain of places begins that leads to the one at `at`: 嘉兴市|嘉善县."""
        before = next((p for p in self.places if p.end == at and p.rule == "region.full"), None)
        return self._chain_start(before.start) if before is not None else at
