package io.tongdao.release.mask;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Masks of text, in code points. What is too short to be masked in part is masked whole. */
final class TextMasks {
    /** The length of what is masked whole says nothing of the value. */
    static final String HIDDEN = "***";

    private static final int SHORTEST_ID = 15;
    private static final int SHORTEST_DOCUMENT = 8;
    private static final String INTERPUNCTS = "·•‧∙・･⋅";
    private static final Pattern MOBILE = Pattern.compile("1[0-9]{10}");
    private static final Pattern FIXED = Pattern.compile("(010|02[0-9]|0[3-9][0-9]{2})-?[0-9]{7,8}");
    /** 复姓 that are still borne; a name of two characters is read as a single surname. */
    private static final Set<String> COMPOUND = Set.of(
            "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政",
            "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马",
            "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌",
            "微生", "公户", "公玉", "梁丘", "左丘", "东门", "西门", "第五", "纳兰", "完颜");

    private TextMasks() {}

    /** The invariant of every mask of text: the result never equals the value. */
    static String changed(String value, UnaryOperator<String> mask) {
        String masked = mask.apply(value);
        if (!masked.equals(value)) {
            return masked;
        }
        return value.equals(HIDDEN) ? HIDDEN + '*' : HIDDEN;
    }

    static String surname(String name) {
        int length = length(name);
        if (length < 2) {
            return "*";
        }
        int kept = length > 2 && COMPOUND.contains(head(name, 2)) && !joined(name) ? 2 : 1;
        return head(name, kept) + stars(length - kept);
    }

    static String id(String number) {
        int length = length(number);
        return length < SHORTEST_ID ? HIDDEN : head(number, 6) + stars(length - 10) + tail(number, 4);
    }

    static String last4(String number) {
        int length = length(number);
        return length < SHORTEST_DOCUMENT ? HIDDEN : stars(length - 4) + tail(number, 4);
    }

    static String phone(String number) {
        if (MOBILE.matcher(number).matches()) {
            return head(number, 3) + stars(4) + tail(number, 4);
        }
        var fixed = FIXED.matcher(number);
        if (!fixed.matches()) {
            return HIDDEN;
        }
        int area = fixed.end(1);
        return number.substring(0, area) + stars(number.length() - area - 2) + tail(number, 2);
    }

    private static boolean joined(String name) {
        return name.chars().anyMatch(c -> INTERPUNCTS.indexOf(c) >= 0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String head(String text, int points) {
        return text.substring(0, text.offsetByCodePoints(0, points));
    }

    private static String tail(String text, int points) {
        return text.substring(text.offsetByCodePoints(text.length(), -points));
    }

    private static String stars(int count) {
        return "*".repeat(count);
    }
}
