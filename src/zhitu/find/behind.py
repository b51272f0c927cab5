"""What stands behind a name and says something of it: 《X》印发实施, 推进《X》落实, “八五”普法有序推进, Y成立运行."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhitu.lexicon.verbs import Verb
from zhitu.model import Mention

BOUNDARY = re.compile(r"[,。;:!?]")
NUMBER_BEHIND = re.compile(r"\([^()]{2,30}\)")  # 《X》(政政〔2009〕41号)同时废止
TITLED = re.compile(r"《[^《》]*》")
PUSHING = re.compile(r"(?:推进|推动|完成|抓|抓好|抓实|做好|确保|促进|加强|强化|持续抓好|开展|举办|组织|狠抓|全力抓好)$")
REACH = 90  # characters behind a name
# how and when a document came out: 经区政府审议后, 5月1日起, 以市政府令
HOW = (
    r"随之|相继|随后|陆续|随即|同步|联合|对外|向社会|首次|年内|年[初中底]|(?:自|于|从)?(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|份|底|初|中旬)?[起前]?"
    r"|经[^,。;《》]{0,30}?(?:审议|审定|讨论|备案|批准|同意|通过)(?:通过)?(?:后(?:,(?=以[^,。;]{2,12}[令文]))?|,(?=自|于|\d{1,2}月|以[^,。;]{2,12}[令文]))?|以[^,。;《》]{2,30}?(?:令|名义|形式)(?:形式|的形式)?"
    r"|由[^,。;《》]{2,12}?令|由[^,。;《》]{2,30}?(?=联合|共同|向社会|印发|出台|发布|颁行|公布|编印|下发|推出|编定)|在(?:全[省市区县系镇][^,。;]{0,2}|[^,。;《》]{2,14}?(?:网站?|平台)上?)"
)
# what must stand before the name
COUNTED_IN = re.compile(r"(?:^|[,。;:]|[把将][^,。;:]*)$")
CLAUSE = re.compile(r"(?:^|[,。;:])$")
OPENING = re.compile(
    r"(?:^|[,。;:])(?:[一二三四五六七八九十]+是)?(?:其中,?|20\d\d年(?:施行|印发|制定|出台|发布|实施)的|对[^,。;《》]{2,24}的|原|新修[订改]的)?(?:《[^《》]*》[、和与及]?)*$"
)  # the name opens its clause
ATTENDED = re.compile(r"(?:参加|接受)[^,。;《》]{0,4}(?:《[^《》]*》[、和及]?)*$")  # 参加《X》在线培训
TAKEN = re.compile(r"[把将以][^,。;:]*$")  # 将《A》《B》列入…
GUIDED = re.compile(r"以[^,。;:]{0,16}$")  # 以“接诉即办”改革为牵引: a program of one's own, by which one goes on
MEANS_OF = re.compile(r"[以靠]$")  # 以“放管服”改革推进高质量发展
PILOT = re.compile(r"作为[^,。;]*$")
RAISED = re.compile(r"(?:增强|提升|提高|优化|强化)了?$")  # 提升“一网通办”水平
# 做好《X》的集体学习, 加强对《A》等法律,以及《B》的学习
HELD = re.compile(r"(?:做好|抓好|组织|开展|推进|加强|强化)了?[^,。;:《》]*(?:《[^《》]*》[^。;:《》]{0,14})*$")
WIDENED = re.compile(r"(?:加大|扩大|拓展|拓宽)了?$")  # 加大简政放权力度
TAUGHT = re.compile(r"(?:围绕|就|聚焦|针对|结合|对)[^,。;:]*$")  # 围绕新修订的《X》《Y》授课
DECLARED = re.compile(r"(?:宣布|决定)[^,。;]*$")  # 宣布《X》废止
COMPLETED = re.compile(r"(?:完成|推进|推动|启动|做好)了?[^,。;:]*$")  # 完成《X》修编
FINISHED = re.compile(r"完成了?(?:《[^《》]*》[、和及]?)*$")  # 完成《X》编制工作
LED = re.compile(r"牵头[^,。;:]*$")  # 牵头完成《X》起草工作


@dataclass(frozen=True, slots=True)
class Frame:
    """Words behind a name, the predicates (joined by |) that they state, and what must stand before the name, if anything; `pushed`:
    a verb that has the name's matter for its object."""

    pattern: re.Pattern[str]
    predicate: str
    before: re.Pattern[str] | None = None
    pushed: bool = False
    region: bool = False  # the region's deed, whoever drew the paper up


# by the mention's kind
FRAMES: dict[str, tuple[Frame, ...]] = {
    "document": (
        Frame(re.compile(r"^[^,。;《》]{0,14}?(?:颁布|公布|修订|施行|实施)+(?:之?后|以来),[^,。;《》]{2,24}?(?:组织|集体|专题|集中|及时|开展|第一时间|认真|系统|深入)*(学习)(?=[,。;]|$)"), "studied"),
        Frame(re.compile(rf"^(?:等[^,。;《》]{{0,6}})?(?:于[^,。;]{{2,12}})?(?:[两三四五六七八九十\d]+[项件部个](?:制度|文件|办法|规定)|已经|均|都|已|正式|先后|顺利|现|获|[^,。;《》]{{2,20}}?通过|{HOW})*(?:,?并|后)?(?:正式)?(印发|出台|发布|公布|颁布|颁行|下发)(?!会|的|《)"), "issued"),
        Frame(re.compile(rf"^(?:等[^,。;《》]{{0,6}})?(?:已经|已|正式)*(?:{HOW})+(?:正式)?(施行|实施|试行|执行)(?!以来|后|的|中|情况|方案|细则|办法|意见)"), "issued"),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?(?:,?(?:经|提请|报请|报送?)[^,。;《》]{2,30}(?:审议|审定|通过|讨论|同意|批准)(?:后|,))?,?由[^,。;《》]{2,20}?(印发|下发|公布|发布)"), "issued"),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?(?:已|均|于\d{1,2}月(?:\d{1,2}日)?)*经[^,。;《》]{2,30}?(审议通过|讨论通过|表决通过)(?=[,。;]|$)(?!,并?(?:提请|报|拟|将|待|尚|下一步|即将))"), "issued"),
        Frame(re.compile(r"^由[^,。;《》]{2,20}?(?:起草|拟稿|拟订|草拟),(?:报|经)?[^,。;《》]{2,30}?(?:通过|定稿|审定|批准|同意|(?<=报请)[^,。;《》]{2,10}?)(?:并|后)?(印发|下发|发布|公布|出台)"), "issued", region=True),
        Frame(re.compile(r"^[^。;《》]{0,36},[^,。;《》]{0,14}?(?:以[^,。;《》]{2,20}?名义)(?:联合)?(印发|出台|发布|公布|下发)"), "issued", OPENING),
        Frame(re.compile(r"^已?经[^,。;《》]{2,30}(?:批准|通过)[,并]*(?:自|于|将于)[^,。;]{2,20}(施行|实施)"), "issued"),
        Frame(re.compile(r"^(?:绘本|读本|手册|简报|指南|挂图|文本|,?(?:现|均|也)?已)?由[^,。;《》]{2,20}?(?:研究|牵头|组织|会签|联合)?(制定|印发|出台|发布|编制|编印|编定|公布|颁行|下发|签发|会签|推出)"), "issued"),
        Frame(re.compile(r"^(?:等(?:一批[^,。;《》]{0,16}|[^,。;《》]{0,8}))?,?(?:因[^。;《》,]{2,24},?)?(?:(?:于|自)[^,。;《》]{2,12}?起?)?(?:经[^,。;《》]{2,14}(?:同意|后))?(?:不再执行,)?(?:予以|宣布|被|已|均|也|而|到期|自动|明令|率先|依法|一并|正式|全部|同步|同时|随之)*(?:列入)?(废止|失效|停止执行)(?:目录)?(?=[,。;]|$)"), "repealed", OPENING, region=True),
        Frame(re.compile(r"^(?:等(?:一批[^,。;《》]{0,16}|[^,。;《》]{0,8}))?(?:[因与][^,。;《》]{0,14}(?:抵触|不一致|不符|不适应),)?(?:也|均|都)?(?:(?:经[^,。;《》]{2,20}?(?=予以)|予以|予|进行了?|被|已经?|宣布|依法|一并|同时|随之|相应)+(?:废止|失效)|(?:自[^,。;《》]{4,14}起)?(?:已)?(?:不再执行|停止执行)|(?:已)?停止施行)"), "repealed"),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?(?:也|均|都)?(?:(?:予以|进行了?|作了?|做了|作出|做出|被|已经?)+(?:全面)?(?:修订|修改|修正)|(?:根据|结合|按照)[^,。;《》]{2,14}?(?:作|做|进行)了?(?:全面|相应)?(?:修订|修改)|列[为入]修[订改](?:项目|计划)|(?:重新|经|在|则)*(?:修订|修改)后(?:重新)?(?:公布|印发|发布|出台))"), "revised"),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?(废止|失效)"), "repealed", DECLARED),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?(?:已|均|亦|也|年内|于?\d{1,2}月[底初]?)*(?:由[^,。;《》]{2,20}?)?完成(修订|修改|修编)"), "revised"),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?(?:已|均已)?(修订|修改)(?:后|并)?(?:重新)?(?:施行|实施|印发|发布|公布)(?=[,。;]|$)"), "revised", OPENING),
        Frame(re.compile(r"^(修订|修改)(?:完善)?(?=[,。;]|$)"), "revised", TAKEN),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?(?:草案)?的?(修订|修改|修编)(?:工作)?(?=[,。;、]|$)"), "revised", COMPLETED),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?的?(编制|编印|印发|制定)(?:工作)?(?=[,。;、]|$)"), "issued", FINISHED),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?(?:草案)?的?(起草|制定|编制|修订)(?:工作)?(?=[,。;、]|$)"), "leads", LED),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?(?:在[^,。;《》]{2,14}?)?(?:得到|得以)(?:[^,。;《》]{0,6})(?:贯彻|落实|执行|实施)"), "implements"),
        Frame(re.compile(r"^(?:用足用好|用好用足|落到实处)"), "implements", TAKEN),
        Frame(re.compile(r"^(?:[、和及]*《[^《》]*》)*的?(?:学习宣传|宣传学习|学习)(?:和|、|与|及)?(?:贯彻|落实|实施|执行)+"), "studied|implements", pushed=True),
        Frame(re.compile(r"^[^,。;《》]{0,8}(?:贯彻|落实|执行|实施|落到实处|落地|收官)(?!等?(?:领域|方面))"), "implements", pushed=True),
        Frame(re.compile(r"^(?:等)?(?:规定|确定|明确|提出|部署|要求)?的?(?:各项|年度|目标|工作)*(?:任务|目标)"), "implements", pushed=True),
        Frame(re.compile(r"^(?:[、和及]*[\u4e00-\u9fff]{0,8}《[^《》]*》)*为(?:指导|指引|统领|统揽|遵循|纲|准绳|准则|引领|纲领|主线|总抓手|抓手|牵引|依据|蓝本)"), "implements", pushed=True),
        Frame(re.compile(r"^(?:等)?的?(?:各项|有关|具体)*(?:要求|精神|规定|任务|部署|条款)?(?:逐[项条])?(?:融入|细化|分解|落到|转化|贯穿|体现)"), "implements", TAKEN),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?(?:纳入|列入|列为)[^,。;]{0,24}(?:学习|培训|学法|教学|必修|课程|考试|应知应会)"), "studied", pushed=True),
        Frame(re.compile(r"^(?:等[^,。;《》]{0,8})?(?:已|均|都|先后|相继|陆续)*被?(?:纳入|列入|列为|进了|进入)[^,。;]{0,24}(?:学习|培训|轮训|学法|教学|必修|课程|课堂|讲堂|考试|应知应会)"), "studied", OPENING),
        Frame(re.compile(r"^(?:[、和及]*[\u4e00-\u9fff]{0,6}《[^《》]*》)*,?由[^,。;《》]{2,20}?(?:组织|集体|专题|集中|分头)*(学习|宣讲)"), "studied"),
        Frame(re.compile(r"^(?:[、和及]*《[^《》]*》)*[^,。;《》]{0,6}(?:学习|培训|轮训|宣讲|辅导)"), "studied", ATTENDED),
        Frame(re.compile(r"^(?:专题|巡回)?(?:宣讲|宣传|学习|培训)(?:活动|会|班)"), "studied", OPENING),
        Frame(re.compile(r"^(?:[、和及]*[\u4e00-\u9fff]{0,8}《[^《》]*》)*(?:等[^,。;《》]{0,8})?(?:作为|列入|纳入|列为)[^,。;]{0,24}(?:必学|必修|学习|学法|培训)(?:内容|重点|课程)"), "studied", pushed=True),
        Frame(re.compile(r"^[^,。;《》]{0,6}(?:学习|培训|轮训|研讨班|专题班|宣讲|专题讲座|专题授课|专题报告会|报告会|专题辅导|知识讲座|宣传)"), "studied", pushed=True),
        Frame(re.compile(r"^(?:[、和及]*[\u4e00-\u9fff]{0,8}《[^《》]*》)*(?:等[^,。;《》]{0,8})?(?:开展|进行|作|做)?了?(?:[一两三\d]+[次场])?(?:专题|集中|逐条|系统|全面|深入)*(授课|辅导|讲授|讲解|解读)"), "studied", TAUGHT),
        Frame(re.compile(r"^(?:[、和及]*[\u4e00-\u9fff]{0,8}《[^《》]*》)*(?:等[^,。;《》]{0,10})?,?(?:开展|进行|组织)了?(?:专题|集中)?(学习|研讨|培训)"), "studied", TAUGHT),
        Frame(re.compile(r"^(?:[、和及]*[\u4e00-\u9fff]{0,8}《[^《》]*》|等[^,。;《》]{0,10},(?:以及|和)?对?(?=《))*(?:等[^,。;《》]{0,14})?的(?:集体|专题|集中|系统)*(学习|培训|宣讲)"), "studied", HELD),
        Frame(re.compile(r"^[^,。;《》]{1,20}?(?:纳入|列入|列为|作为)[^,。;《》]{0,24}(学习|学法|培训)(?:内容|重点|计划|安排|课程|必修)"), "studied", TAKEN),
    ),
    "program": (
        Frame(re.compile(r"^(?:制度|责任|要求|工作|改革|创新)*(?:(?:细化|分解|延伸|覆盖|拓展|推广|下沉|落|落实)到|向[^,。;]{1,10}(?:延伸|拓展|覆盖|下沉))"), "runs", TAKEN),
        Frame(re.compile(r"^(?:制度|工作|责任|执行情况|落实情况)*被?纳入[^,。;]{0,12}(?:考核|评议|督察|督查|监督)"), "runs", COUNTED_IN),
        Frame(re.compile(r"^(?:工作|规划)*(?:中期|终期|总结|期中|期末)+(评估|验收|考核|督导|检查|督查)"), "runs"),
        Frame(re.compile(r"^[\u4e00-\u9fff]{0,6}?由[^,。;]{2,30}?(?:牵头|率先|负责|先行|先试|组织)*(试行|实施|推行|开展|落实|试点|推进|统筹|主抓|开发|合办|承办|主办|首创|打造|运营|建设|承建|推广|牵头)"), "runs"),
        Frame(re.compile(r"^(?:改革|工作|建设)*(方面)(?=[,:])"), "runs", CLAUSE),
        Frame(re.compile(r"^(培养|培育|评选)[^,。;]{0,6}\d"), "runs"),
        Frame(re.compile(r"^(?:工作|建设|改革|任务)*(?:顺利|圆满|全面|如期|高分|基本|同步)*(推进|通过[^,。;]{0,8}(?:验收|评估|检查)|收官|完成|向纵深推进|走深走实)"), "runs"),
        Frame(re.compile(r"^(?:改革|监管|工作|创建|建设|活动)*为(?:总|重要)?(?:抓手|牵引|契机|载体|突破口?|动力|引擎|主题(?=,?(?:[\u4e00-\u9fff]{0,4})?(?:举办|开展|组织)))"), "runs", GUIDED),
        Frame(re.compile(r"^(?:微信公众号|公众号|小程序|专栏|栏目|平台|抖音)?(播放量|阅读量|点击量?|浏览量|访问量|关注|粉丝|注册用户|用户)[^,。;]{0,8}\d"), "runs"),
        Frame(re.compile(r"^(?:改革|监管|工作|创建|建设|活动|行动)*作为[^,。;]{0,8}(抓手|载体|牵引|突破口|“?一把手”?工程|头号工程)"), "runs", TAKEN),
        Frame(re.compile(r"^(?:政务微博|微博|微信公众号|公众号|抖音号)?被[^,。;]{0,8}(转发|评论|点赞)"), "runs"),
        Frame(re.compile(r"^(?:改革|创建|建设|工作)*(推进|推动|促进|带动|引领|助推|撬动|赋能)"), "runs", MEANS_OF),
        Frame(re.compile(r"^(?:改革)?(?:试点)?(地区|单位|城市|县|市|区|省)"), "runs", PILOT),
        Frame(re.compile(r"^(?:服务|改革|工作)*(能力|水平|效率|质效|效能)(?=[^,。;]{0,8}(?:提升|提高|增强|优化))"), "runs"),
        Frame(re.compile(r"^(?:服务|改革|工作)*(能力|水平|效率|质效|效能|质量)"), "runs", RAISED),
        Frame(re.compile(r"^(?:服务|改革|工作|试点|应用|覆盖|监管|事项)*(力度|范围|覆盖面)"), "runs", WIDENED),
        Frame(re.compile(r"^(?:改革|服务|政务服务)*(?:事项|套餐)?(?:分别|累计|已)*(增至|增加到|扩大到|拓展至|扩展至|达到)[^,。;]{0,4}\d"), "runs"),
        Frame(re.compile(r"^(?:机制|做法|经验|模式|制度|品牌)*,?被[^,。;]{2,20}?(?:作为[^,。;]{1,6}|以[^,。;]{2,8}形式|在全[省市区县州])*(推广|推开|复制推广)"), "runs"),
        Frame(re.compile(r"^(?:事项|工作|制度|改革)*(?:得到|得以)[^,。;]{0,4}(落实|推广|推行|实施)"), "runs"),
        Frame(re.compile(r"^(?:系列)?(?:活动|行动|工程|品牌|服务)?[已共累计]{0,2}(覆盖|惠及|吸引|走进)(?!率|面)"), "runs"),
        # “X”机制处理纠纷346件, “X”事项占比达91.3%: what it brought about shows that it runs
        Frame(re.compile(r"^(?:改革|机制|平台|系统|活动|行动|服务|窗口|专窗|模式|工作室)?(?:共|已|累计|全年|年内|先后|一年来)*(开讲|开课|抽查|办件|办理|处理|受理|化解|调解|解决|清理|接办|接待|服务|发放|排查|查处|整治|收集|归集|推送|监测|办结|核查|拦截|走访|检查|帮助|破获|侦破|查获|立案|移送|开展)(?=[^,。;、]{0,10}?\d)"), "runs"),
        Frame(re.compile(r"^(?:改革|监管|工作|制度|机制|服务)*(?:实现|达到)(全覆盖|常态化|全流程)"), "runs"),
        Frame(re.compile(r"^(?:改革|工作|活动|行动|整治|建设)*(?:取得[^,。;]{0,8}成效|(?:工作)?成效(?:明显|显著))"), "runs"),
        Frame(re.compile(r"^(?:抽查|监管|改革|服务|政务服务|办理)*(?:事项)?(占比|比例|覆盖率|办件率|实现率|率)(?=达|为|占|提|\d)"), "runs"),
        Frame(re.compile(r"^(?:工作|建设|改革|制度|任务|监管|机制|试点|主题|重点|事项|场景|应用)*(?:工作)?(?:[在于自][^,。;]{2,40}?)?起?[有序稳步深入扎实全面常态高效规范平持续不断纵深顺利加快已经逐步基本先行率]{0,5}(推进|推行|落地|开展|实施|深化|运行|见效|启动|建立|上线|实行|施行|推开|铺开|落到实处|落实到位|打响|展开|迭代|升级(?!版)|提档|提质|扩面|增效)"), "runs"),
    ),
    "institution": (
        Frame(re.compile(r"^则?由[^,。;]{2,30}?(?:共同|联合|携手|牵头)*(打造|建设|创办|组建|设立|成立|建成|创建|筹建)(?=[,。;]|$)"), "established"),
        Frame(re.compile(r"^(?:及其?办公室)?(?:在[^,。;]{1,8}?(?:镇|乡|街道|社区))?(?:已|正式|先后|相继|同步|随后|顺利|年内|于[^,。;]{1,8}?|\d{1,2}月(?:\d{1,2}日|份|底|初)?)?((?:挂牌|揭牌)?(?:成立|组建|设立)(?:完毕|到位)?(?=[,。;、并]|运[行作]|$)|(?:挂牌|揭牌)(?!成立)|落成(?=[,。;、并后]|$)|建成(?=[,。;、并后]|使用|投|启用|开放|运|营业|揭牌)|投入使用|启用|投用)(?!以来|后|大会|仪式|时间|之)"), "established"),),
}  # fmt: skip
# behind most names stands none of them, which one look tells
ANY_FRAME = {
    kind: re.compile("|".join(f"(?:{frame.pattern.pattern})" for frame in frames)) for kind, frames in FRAMES.items()
}


def governed_behind(text: str, mention: Mention, verbs: list[tuple[int, int, Verb]]) -> Mention | None:
    """The mention with what the words behind it say of it; `verbs` are those of the sentence."""
    bracket = NUMBER_BEHIND.match(text, mention.end) if mention.kind in ("document", "institution") else None
    end = bracket.end() if bracket else mention.end
    after = text[end : end + REACH]
    if mention.kind not in FRAMES or not ANY_FRAME[mention.kind].match(after):
        return None
    for frame in FRAMES[mention.kind]:
        match = frame.pattern.match(after)
        if not match or (frame.before and not frame.before.search(text, 0, mention.start)):
            continue
        if frame.pushed and not _pushed(text, mention, verbs):
            continue
        if "督察" in mention.name and frame.before is GUIDED:
            continue  # 以中央生态环境保护督察整改为契机
        by_way = frame.before in (GUIDED, MEANS_OF)
        if mention.kind == "program" and text[mention.start - 1 : mention.start] == "以" and not by_way:
            continue  # 以“短平快”模式完成: how, and not what
        verb = (end + match.start(match.lastindex or 0), end + match.end())
        return mention.governed(tuple(frame.predicate.split("|")), verb=verb, by="head" if frame.region else "right")
    return None


def _pushed(text: str, mention: Mention, verbs: list[tuple[int, int, Verb]]) -> bool:
    """推进《X》落实, 将《X》列入学习内容: a verb before the title takes what stands behind it for its object."""
    if TAKEN.search(text, 0, mention.start):
        return True
    ends = (b for _, b, verb in reversed(verbs) if b <= mention.start and not verb.attribute)
    end = next((b for b in ends if not BOUNDARY.search(text[b : mention.start])), None)
    return end is not None and bool(PUSHING.search(text[:end])) and len(TITLED.sub("", text[end : mention.start])) <= 20
