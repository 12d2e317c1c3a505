"""The consultancy's process against the names that its source prints, read a second time."""

import json
import subprocess
import sys

import process

QUOTED = {
    "安全标准化培训记录（启动会议）": ["kickoff-record"],
    "创建安全标准化企业基本信息": ["enterprise-sheet"],
    "安全生产标准化技术咨询需要企业提供资料": ["papers-wanted"],
    "初始诊断评估报告": ["diagnosis"],
    "安全生产标准化咨询报告（作业现场以及设备设施的安全隐患、问题及整改措施方案）": [
        "consulting-report"
    ],
    "工作进展成效评估报告书（首次咨询）": ["progress-report-first"],
    "关于成立安全生产标准化建设工作组织的通知": ["organization-notice"],
    "创建安全标准化的工作计划": ["work-plan"],
    "安全标准化工作实施方案": ["implementation-plan"],
    "年度安全生产方针和目标": ["goals-paper"],
    "工作进展成效评估报告书（二次咨询）": ["progress-report-second"],
    "评审/自评计划": ["audit-plan"],
    "安全标准化体系评审": ["system-review"],
    "安全生产标准化管理体系管理评审报告": ["management-review"],
    "自评报告": ["self-report"],
    "自评资料（评分汇总表、扣分说明表、打分表）": ["score-papers"],
    "评审自评报告": ["review-report"],
    "工作进展成效评估报告书（末次咨询）": ["progress-report-last"],
    "申报资料清单": ["application-list"],
}
"""Papers that the source names between 《 and 》, but for the minutes of two meetings in one name."""

PLAIN = {
    "安全会议记录（自评首次会议）": "first-meeting",
    "安全会议记录（自评末次会议）": "last-meeting",
    "培训记录": "training-record",
    "法律法规获取、识别制度": "laws-rule",
    "安全法律法规和技术标准资料库": "laws-library",
    "风险分析作业指导书": "risk-guide-paper",
    "危害识别及风险评价结果": "risk-results",
    "安全生产责任制": "responsibility",
    "安全管理制度": "rules-set",
    "安全操作规程": "operating-rules",
    "事故应急预案": "emergency-plan",
    "安全管理台账": "ledgers",
    "档案记录": "archives",
    "不符合项报告": "nonconformities",
    "内审人员资格条件": "auditor-conditions",
}
"""Papers that it names in running text."""


def test_every_paper_of_the_source_is_in_the_process_by_its_name() -> None:
    titles: dict[str, list[str]] = {}
    for one in process.load("consultancy").deliverable.values():
        titles.setdefault(one.title, []).append(one.id)
    assert {title: titles.get(title) for title in QUOTED} == QUOTED
    assert {title: titles.get(title) for title in PLAIN} == {t: [i] for t, i in PLAIN.items()}


def test_the_five_phases_have_the_steps_of_the_source() -> None:
    read = {p.title: [s.title for s in p.steps] for p in process.load("consultancy").phases}
    assert [*read] == [
        "初始状态评审",
        "策划及风险分析",
        "安全生产标准化实施",
        "安全生产标准化运行",
        "评审",
    ]
    assert read["初始状态评审"] == [
        "启动大会",
        "企业情况初步调查诊断",
        "意识培训",
        "账号注册",
        "现场查看，编制初始现状评估报告",
        "按咨询报告整改",
        "首次咨询工作评估",
    ]
    assert read["策划及风险分析"] == [
        "成立创建安全标准化工作组",
        "确定建立安全标准化方案",
        "初步进行风险分析",
    ]
    assert read["评审"][-3:] == ["改进与提高", "考评", "考评不符合项整改"]


def test_where_the_source_breaks_off_is_labelled() -> None:
    read = process.load("consultancy")
    assert [s.id for s in read.step.values() if s.provenance == "compiled"] == ["risk-outline"]
    compiled = [d.id for d in read.deliverable.values() if d.provenance == "compiled"]
    assert compiled == ["risk-list", "publication"]


def test_visits_the_rating_and_the_chapters_are_there() -> None:
    read = process.load("consultancy")
    assert [(v.title, read.deliverable[v.report].title) for v in read.visits] == [
        ("首次咨询", "工作进展成效评估报告书（首次咨询）"),
        ("二次咨询", "工作进展成效评估报告书（二次咨询）"),
        ("末次咨询", "工作进展成效评估报告书（末次咨询）"),
    ]
    assert read.procedure and len(read.procedure.stages) == 5
    chapters = read.deliverable["self-report"].parts
    assert len(chapters) == 9
    assert chapters[-1] == "自评结论及申请考评等级"
    assert len(read.deliverable["papers-wanted"].parts) == 8
    assert read.deliverable["score-papers"].parts == ("评分汇总表", "扣分说明表", "打分表")
    assert "self-report" in read.deliverable["application-list"].collects


def test_an_enterprise_alone_has_nobody_to_wait_for() -> None:
    read = process.load("consultancy")
    assert read.side("progress-report-first", consultant=True) == "consultant"
    assert read.side("progress-report-first", consultant=False) == "enterprise"
    assert read.holder("consultants", consultant=False).title == "安全生产管理部门"
    sides = {read.side(entry, False) for entry in (*read.step, *read.deliverable)}
    assert sides == {"enterprise"}


def test_the_commands_say_what_is_there() -> None:
    command = [sys.executable, "-m", "process"]
    told = subprocess.run([*command, "validate"], capture_output=True, text=True, encoding="utf-8")
    assert told.returncode == 0
    assert "5 个阶段，27 个步骤，52 项成果" in told.stdout
    assert "初步进行风险分析" in told.stdout
    shown = subprocess.run(
        [*command, "show", "consultancy", "--json"], capture_output=True, encoding="utf-8"
    )
    data = json.loads(shown.stdout)
    assert data["id"] == "consultancy"
    assert data["phases"][0]["steps"][0]["deliverables"][0]["id"] == "kickoff-record"
