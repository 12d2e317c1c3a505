"""Papers that the product can make, by the name that a process file gives them.

A deliverable says with `paper` which of them it is; what each is made of stands in `reports`.
"""

PAPERS = {
    "training-record": "培训记录和签到表",
    "enterprise-sheet": "企业基本信息表",
    "papers-wanted": "需要企业提供资料清单",
    "commitment": "主要负责人承诺书",
    "diagnosis": "初始诊断评估报告",
    "consulting-report": "隐患、问题及整改措施方案",
    "rectification": "问题整改完成情况",
    "progress-report": "工作进展成效评估报告书",
    "organization-notice": "成立组织的通知",
    "work-plan": "工作计划",
    "implementation-plan": "实施方案",
    "risk-list": "初步风险分析清单",
    "goals": "年度方针和目标",
    "law-list": "法律法规和标准清单",
    "risk-guide": "风险分析作业指导书",
    "risk-matrix": "风险评价表，附 LEC 和 LS 取值",
    "rule-list": "制度与记录清单",
    "auditor-conditions": "内审人员资格条件",
    "auditor-appointment": "内审人员聘任文件",
    "audit-plan": "评审（自评）计划",
    "opening-meeting": "首次会议记录和签到表",
    "closing-meeting": "末次会议记录和签到表",
    "score-papers": "评分表",
    "nonconformities": "不符合项报告",
    "system-review": "体系评审",
    "management-review": "管理评审报告",
    "self-report": "自评报告",
    "review-report": "评审意见",
    "application-list": "申报资料清单",
    "publication": "自评结果内部公示",
    "rating-rectification": "考评不符合项整改报告",
}
"""Names, and what each is called."""
