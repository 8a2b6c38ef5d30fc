package io.tongdao.ops.page;

import io.tongdao.contract.catalogue.Catalogue.Agency.Level;
import io.tongdao.contract.catalogue.Dataset.Citation;
import io.tongdao.contract.catalogue.Dataset.Cycle;
import io.tongdao.contract.catalogue.Dataset.Form;
import io.tongdao.contract.catalogue.Dataset.Method;
import io.tongdao.contract.catalogue.Dataset.Origin;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.Grade;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Personal;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.Strategy;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;

/** The catalogue's closed words as the regulation and officials say them. */
public final class Chinese {
    private Chinese() {}

    static String share(ShareClass type) {
        return switch (type) {
            case UNCONDITIONAL -> "无条件共享";
            case CONDITIONAL -> "有条件共享";
            case WITHHELD -> "不予共享";
        };
    }

    static String open(ShareClass type) {
        return switch (type) {
            case UNCONDITIONAL -> "无条件开放";
            case CONDITIONAL -> "有条件开放";
            case WITHHELD -> "不予开放";
        };
    }

    static String level(Level level) {
        return switch (level) {
            case PROVINCE -> "省级";
            case PREFECTURE -> "州市级";
            case COUNTY -> "县级";
        };
    }

    static String subject(SubjectKind kind) {
        return switch (kind) {
            case PERSON -> "自然人";
            case ORGANISATION -> "法人和非法人组织";
            case PLACE -> "空间地理";
            case OTHER -> "其他";
        };
    }

    public static String cycle(Cycle cycle) {
        return switch (cycle) {
            case REALTIME -> "实时";
            case DAILY -> "每日";
            case WEEKLY -> "每周";
            case MONTHLY -> "每月";
            case QUARTERLY -> "每季度";
            case HALF_YEARLY -> "每半年";
            case YEARLY -> "每年";
            case IRREGULAR -> "不定期";
        };
    }

    static String form(Form form) {
        return switch (form) {
            case DATABASE -> "数据库";
            case FILE -> "文件";
            case SPREADSHEET -> "电子表格";
            case IMAGE -> "图形图像";
            case STREAM -> "流媒体";
            case SELF_DESCRIBING -> "自描述格式";
            case SERVICE -> "服务接口";
        };
    }

    static String method(Method method) {
        return switch (method) {
            case TOPIC -> "消息主题";
            case TABLE -> "数据表";
            case FILE -> "文件";
            case DATABASE -> "数据库";
            case VERIFY -> "核实比对";
        };
    }

    static String origin(Origin origin) {
        return switch (origin) {
            case COLLECTED -> "采集";
            case PRODUCED -> "产生";
            case COPY -> "共享引用";
        };
    }

    static String grade(Grade grade) {
        return switch (grade) {
            case GENERAL -> "一般数据";
            case IMPORTANT -> "重要数据";
            case CORE -> "核心数据";
        };
    }

    static String personal(Personal personal) {
        return switch (personal) {
            case NONE -> "";
            case GENERAL -> "个人信息";
            case BIOMETRIC -> "敏感·生物识别";
            case RELIGION -> "敏感·宗教信仰";
            case SPECIAL_IDENTITY -> "敏感·特定身份";
            case HEALTH -> "敏感·医疗健康";
            case FINANCE -> "敏感·金融账户";
            case TRACK -> "敏感·行踪轨迹";
            case LOCATION -> "敏感·精准定位";
            case MINOR -> "敏感·未成年人";
            case ID_PHOTO -> "敏感·证件照片";
            case CREDIT -> "敏感·征信";
            case CRIMINAL -> "敏感·违法犯罪";
        };
    }

    public static String mask(Mask mask) {
        return switch (mask) {
            case KEEP -> "原值";
            case SURNAME -> "留姓";
            case ID6_4 -> "前六后四";
            case LAST4 -> "后四位";
            case PHONE3_4 -> "前三后四";
            case COUNTY -> "到县";
            case YEAR -> "到年";
            case BAND -> "区间";
            case ROUND -> "取整";
            case TOKEN -> "标识替代";
            case DROP -> "不出";
        };
    }

    static String compare(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Exact c -> "逐字一致";
            case Comparison.HanName c -> "姓名";
            case Comparison.OrganisationName c -> "机构名称";
            case Comparison.Day c -> "日期" + precision(c.precision());
            case Comparison.Territory c -> "区划沿革" + level(c.to());
            case Comparison.Address c -> "地址" + level(c.to());
            case Comparison.Code c -> "代码";
            case Comparison.Number c -> "数值" + tolerance(c);
        };
    }

    static String grace(Duration grace) {
        return grace.toDays() > 0 ? grace.toDays() + " 天" : grace.toHours() + " 小时";
    }

    private static String precision(Comparison.Precision precision) {
        return switch (precision) {
            case YEAR -> "（到年）";
            case MONTH -> "（到月）";
            case DAY -> "";
        };
    }

    private static String level(Comparison.Level level) {
        return switch (level) {
            case PROVINCE -> "（到省）";
            case PREFECTURE -> "（到州市）";
            case COUNTY -> "（到县区）";
            case TOWNSHIP -> "（到乡镇）";
            case WHOLE -> "";
        };
    }

    private static String tolerance(Comparison.Number number) {
        if (number.absolute().signum() != 0) {
            return "（容差 " + number.absolute().toPlainString() + "）";
        }
        return number.relative().signum() == 0
                ? ""
                : "（容差 "
                        + number.relative()
                                .movePointRight(2)
                                .stripTrailingZeros()
                                .toPlainString() + "%）";
    }

    /** How a golden item is chosen where no source of record leads. */
    static String strategy(Strategy strategy) {
        return switch (strategy) {
            case Strategy.Led led -> "";
            case Strategy.MostRecent recent -> "取最近的值" + (recent.maxAge() == null ? "" : "，不早于 " + recent.maxAge());
            case Strategy.Trust trust ->
                "取可信度最高的值" + trust.scores()
                        + (trust.halfLife() == null ? "" : "，每 " + trust.halfLife() + " 减半，不低于 " + trust.floor())
                        + (trust.margin() == 0 ? "" : "，相差不足 " + trust.margin() + " 的存疑");
            case Strategy.Agree agree -> "取 " + agree.sources() + " 家一致的值，否则依次取值";
        };
    }

    static String citation(Citation.Kind kind) {
        return switch (kind) {
            case LAW -> "法律";
            case ADMINISTRATIVE_REGULATION -> "行政法规";
            case STATE_COUNCIL_DECISION -> "国务院决定";
        };
    }

    static String type(ItemType type) {
        return switch (type) {
            case ItemType.Text t -> "字符（" + t.length() + "）";
            case ItemType.CitizenIdType t -> "公民身份号码";
            case ItemType.CreditCodeType t -> "统一社会信用代码";
            case ItemType.DocumentType t -> "证件号码";
            case ItemType.DivisionType t -> "行政区划代码";
            case ItemType.Code t -> "代码";
            case ItemType.Date t -> "日期";
            case ItemType.Timestamp t -> "日期时间";
            case ItemType.Int t -> "整数";
            case ItemType.BigInt t -> "长整数";
            case ItemType.Bool t -> "是否";
            case ItemType.Decimal t -> "数值（" + t.precision() + "，" + t.scale() + "）";
        };
    }

    static String assessment(String result) {
        return switch (result) {
            case "none" -> "不涉密";
            case "acceptable" -> "风险可接受";
            default -> result;
        };
    }

    /** {@code P3Y}, {@code permanent}, {@code none}. */
    static String term(String written) {
        return switch (written) {
            case "permanent" -> "永久";
            case "none" -> "不移交";
            default -> period(written);
        };
    }

    private static String period(String written) {
        try {
            Period period = Period.parse(written);
            return (period.getYears() == 0 ? "" : period.getYears() + " 年")
                    + (period.getMonths() == 0 ? "" : period.getMonths() + " 个月")
                    + (period.getDays() == 0 ? "" : period.getDays() + " 日");
        } catch (DateTimeParseException e) {
            return written;
        }
    }

    /** 2026 年 3 月 1 日; empty for the ends of time. */
    static String day(LocalDate day) {
        return day.equals(LocalDate.MIN) || day.equals(LocalDate.MAX)
                ? ""
                : day.getYear() + " 年 " + day.getMonthValue() + " 月 " + day.getDayOfMonth() + " 日";
    }
}
