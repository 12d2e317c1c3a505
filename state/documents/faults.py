"""What pydantic finds wrong with a document, in the user's words."""

from pydantic import ValidationError

from state.documents.assessment import MOST_PHOTOS

FIELDS = {
    "name": "企业名称",
    "industry": "行业和产品",
    "employees": "从业人数",
    "period_start": "考评期开始",
    "period_end": "考评期结束",
    "applied_on": "申请日期",
    "leader": "自评组组长",
    "members": "自评组成员",
    "target_grade": "申请等级",
    "address": "地址",
    "legal_representative": "法定代表人",
    "ownership": "企业性质",
    "contact": "联系人",
    "phone": "联系电话",
    "safety_staff": "专职安全管理人员",
    "special_operators": "特种作业人员",
    "revenue": "年营业收入",
    "shifts": "班次",
    "previous_grade": "已有等级",
    "team": "成员名单",
    "post": "职务",
    "firm_logo": "咨询机构标志",
    "logo": "企业标志",
    "scheme": "标准",
    "chapters": "自评报告的一章",
    "remarks": "备注",
    "evidence": "证据",
    "absence": "不适用的理由",
    "samples": "抽样",
    "owned": "拥有总数量",
    "checked": "抽查数量",
    "entries": "自填要求",
    "papers": "资料",
    "unsure": "没把握的内容",
    "departments": "准备资料的部门",
    "touched": "修改人",
    "photos": "照片",
    "caption": "照片说明",
    "text": "文字",
    "met": "是否达到",
    "declined_version": "不换用的标准新版",
    "not_applicable": "不适用",
    "reviewed": "已核查",
    "profile": "企业信息",
    "work": "自评内容",
    "answers": "回答",
    "facets": "适用范围",
    "performance": "安全绩效",
    "findings": "扣分记录",
    "earlier": "自评时发现的问题",
    "count": "数量",
    "rectified": "已整改",
    "planned": "已计划",
    "open": "未整改",
    "application": "申请条件",
    "quick": "快速预估的回答",
    "own_findings": "自填扣分",
    "item": "内容",
    "words": "问题",
    "points": "扣分",
    "amounts": "每次扣的分",
    "levels": "分档",
    "ratios": "抽查结果",
    "inspected": "抽查数",
    "failed": "不合格数",
    "effort": "整改工作量",
    "pins": "整改安排",
    "actions": "整改",
    "finding": "对应的问题",
    "places": "整改处数",
    "problem": "问题",
    "grade": "等级",
    "cause": "原因",
    "measure": "整改措施",
    "temporary": "临时措施",
    "money": "整改资金",
    "department": "责任部门",
    "supporting": "配合部门",
    "due": "整改期限",
    "done": "完成日期",
    "verified": "验证日期",
    "verified_by": "验证人",
    "remark": "备注",
    "before": "整改前照片",
    "after": "整改后照片",
    "effort_unit": "工作量的单位",
    "reassessment": "复评",
    "self_assessment": "复评前的自评",
    "started": "开始日期",
    "shelved": "为其他标准做的自评",
    "finishings": "完成记录",
    "snapshot": "快照",
    "at": "时间",
    "by": "谁",
    "reopened": "解锁时间",
    "reopened_by": "谁解锁",
    "previous": "以前的自评",
    "certificate": "定级证书",
    "number": "证书编号",
    "issued": "发证日期",
    "expires": "有效期至",
    "tags": "标签",
    "archived": "是否归档",
    "schema_version": "文件版本",
    "scheme_version": "标准版本",
    "created": "建立时间",
    "updated": "修改时间",
    "enterprise": "企业名称",
    "firm": "咨询机构",
    "consultant": "有没有咨询机构",
    "start": "项目开始",
    "target": "目标日期",
    "persons": "负责人",
    "person": "谁做",
    "records": "步骤和成果",
    "standing": "状态",
    "reason": "不需要的原因",
    "planned_start": "计划开始",
    "planned_end": "计划完成",
    "actual_start": "实际开始",
    "actual_end": "实际完成",
    "note": "备注",
    "attachments": "附件",
    "visits": "咨询记录",
    "assessments": "项目的自评",
    "snapshots": "项目的快照",
    "shared": "一起填写的人",
    "links": "只读链接",
    "id": "编号",
    "[key]": "编号",
    "revision": "修改次数",
}
"""What the fields of documents are called where users read of them."""

_FAULTS = {
    "missing": "缺少这一项",
    "extra_forbidden": "本程序不认识这一项，可能来自更新的版本，请先升级",
    "string_too_long": "文字太长",
    "string_pattern_mismatch": "写法不对",
    "greater_than_equal": "数值太小",
    "less_than_equal": "数值太大",
    "too_long": "条数太多",
    "too_many_photos": f"照片超过 {MOST_PHOTOS} 张",
    "bool_type": "只能是是或否",
    "literal_error": "不是可选的内容",
    "string_unicode": "有不能保存的字符",
    "timezone_aware": "没有时区",
    "datetime_from_date_parsing": "不是日期或时间",
    "date_from_datetime_parsing": "不是日期或时间",
    "value_error": "前后不一致",
}

_PLAIN = {
    "action_due_before_start": "整改期限早于开始日期",
    "action_done_before_start": "完成日期早于开始日期",
    "action_verified_not_done": "还没有完成，不能验证",
    "action_verified_before_done": "验证日期早于完成日期",
    "action_gone": "这项整改刚在别的窗口删除",
}
"""Faults that say by themselves what they are about, so that a place would only be in the way."""

_LONGEST = 120
"""Characters of a place in a document; a file may have keys of any length."""


def first_fault(error: ValidationError) -> str:
    """Where the first fault is and what it is, and how many more there are."""
    return faults_of(error)[0]


def faults_of(error: ValidationError) -> tuple[str, bool]:
    """The first fault in words, and whether there are fields that this program does not know.

    Pydantic is asked once: of a large file it has very many.
    """
    details = error.errors(include_url=False, include_context=False, include_input=False)
    where = " › ".join(map(_step, details[0]["loc"])) or "整个文件"
    if len(where) > _LONGEST:
        where = where[:_LONGEST] + "…"
    more = f"；另有 {len(details) - 1} 处" if len(details) > 1 else ""
    plain = _PLAIN.get(details[0]["type"])
    if plain is not None:
        return plain + more, False
    words = f"{where}：{_FAULTS.get(details[0]['type'], '内容的类型不对')}{more}"
    return words, any(detail["type"] == "extra_forbidden" for detail in details)


def _step(step: str | int) -> str:
    """A field by its name, a place in a list from 1 on, and what users named as they did."""
    if isinstance(step, int):
        return f"第 {step + 1} 项"
    return FIELDS.get(step, "".join(c if c.isprintable() else " " for c in step))
